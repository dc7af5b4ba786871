/**
 * The proof that the census is a good guest: the invariants of politeness as one table, each with its bound, its figure and
 * its violations, measured by the servers of a lab whose clock is at least a twentieth of the real one.
 */
@NullMarked
package org.starttlscensus.proof;

import org.jspecify.annotations.NullMarked;
