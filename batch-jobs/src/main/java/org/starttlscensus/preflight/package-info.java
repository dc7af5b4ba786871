/**
 * Whether this machine may call others: what must be true of it before the first call, and how each of it is mended.
 * Each check ends in findings, which are values; who asked decides what follows.
 *
 * <p>Polite itself: each thing is asked once, within a bound. Mail servers that it calls are the operator's own.
 *
 * <p>Depends on: {@code fact}, {@code dns}, {@code politeness}, {@code identity}, {@code settings}.
 */
@NullMarked
package org.starttlscensus.preflight;

import org.jspecify.annotations.NullMarked;
