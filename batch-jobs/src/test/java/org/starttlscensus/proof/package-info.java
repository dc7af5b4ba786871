/**
 * Checks that the census is polite: all invariants in one table, each with its bound, the measured figure and the
 * violations. The servers of a lab measure them, in a night whose limits have at least a twentieth of their real length.
 */
@NullMarked
package org.starttlscensus.proof;

import org.jspecify.annotations.NullMarked;
