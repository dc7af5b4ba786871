/**
 * Lines of a domain list to mail domains: plain names and Tranco's {@code rank,domain}, also gzip and zip, bounded.
 *
 * <pre>
 *   file ──▶ UnpackedFile ──▶ BoundedLines ──▶ LineReader ──▶ ListLine ──▶ the caller
 *            SHA-256, bombs    long lines        CSV, names
 * </pre>
 *
 * <p>A bad line is a value with its number and reason; a bad file is a {@link MalformedListException} and stops the
 * night before any packet. One file is read in one pass, and never held: neither here nor on disk.
 *
 * <p>Depends on: {@code names}, {@code fact}; the door to FastCSV for reading lists.
 */
@NullMarked
package org.starttlscensus.lists;

import org.jspecify.annotations.NullMarked;
