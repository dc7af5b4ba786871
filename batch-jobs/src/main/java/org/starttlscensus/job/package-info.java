/**
 * The night, in order: one file per step.
 *
 * <p>Depends on: every room below; the only door to Spring Batch.
 */
@NullMarked
package org.starttlscensus.job;

import org.jspecify.annotations.NullMarked;
