/**
 * Checks that the census is polite: all invariants in one table, each with its bound, the measured figure and the
 * violations. The servers of a lab measure them, in a night whose times are at least a twentieth of the real ones.
 */
@NullMarked
package org.starttlscensus.proof;

import org.jspecify.annotations.NullMarked;
