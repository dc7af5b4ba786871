/**
 * The dataset: CSV files written aside, fsynced and switched in one step.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to FastCSV for writing.
 */
@NullMarked
package org.starttlscensus.publish;

import org.jspecify.annotations.NullMarked;
