/**
 * What was seen and what there is to see: values without behaviour beyond their own rules.
 *
 * <p>Every room speaks in these words, so no room need know another. A value is canonical and valid from its
 * constructor on; two spellings of one thing are equal. Nothing here judges: conclusions are in {@code verdict}.
 *
 * <p>Depends on: {@code java.base} only (and JSpecify's annotations).
 */
@NullMarked
package org.starttlscensus.fact;

import org.jspecify.annotations.NullMarked;
