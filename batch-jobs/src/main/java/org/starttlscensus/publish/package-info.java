/**
 * The dataset: CSV files written aside, fsynced and switched in one step.
 *
 * <pre>
 *   DatasetFile (name, header, rows) ──▶ CsvFile ──▶ staging folder, with SHA256SUMS ──▶ the folder that readers see
 * </pre>
 *
 * <p>Whoever looks at the published folder sees a whole set or none, also when a run is killed while it publishes; see
 * docs/decisions/0007-how-a-set-is-switched.md. Knows no database: the rows are handed in.
 *
 * <p>Depends on: no other room; the only door to FastCSV for writing.
 */
@NullMarked
package org.starttlscensus.publish;

import org.jspecify.annotations.NullMarked;
