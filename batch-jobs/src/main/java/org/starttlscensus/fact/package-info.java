/**
 * Facts: what the census observes, and the things it observes. Values without behaviour beyond their own rules.
 *
 * <p>All rooms share these types, so that they need not depend on each other. A value is canonical and valid from its
 * constructor on; two spellings of one thing are equal. Conclusions are in {@code verdict}. All types are immutable and
 * thread-safe.
 *
 * <p>Depends on: {@code java.base} only (and JSpecify's annotations).
 */
@NullMarked
package org.starttlscensus.fact;

import org.jspecify.annotations.NullMarked;
