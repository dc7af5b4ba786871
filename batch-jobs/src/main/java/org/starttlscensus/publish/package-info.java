/**
 * The dataset: CSV files, written to a staging folder, fsynced, and published in one step.
 *
 * <pre>
 *   DatasetFile (name, header, rows) ──▶ CsvFile ──▶ staging folder, with SHA256SUMS ──▶ the folder that readers see
 * </pre>
 *
 * <p>A reader of the published folder sees a whole set or none, even if a run is killed while it publishes; see
 * docs/decisions/0007-how-a-set-is-switched.md. This room knows no database: callers pass the rows in.
 *
 * <p>Depends on no other room. Only this room writes with FastCSV.
 */
@NullMarked
package org.starttlscensus.publish;

import org.jspecify.annotations.NullMarked;
