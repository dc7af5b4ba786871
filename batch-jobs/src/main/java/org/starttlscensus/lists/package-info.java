/**
 * Reads domain lists: plain names, Tranco's {@code rank,domain}, or columns under a header as CrUX, Majestic and DomCop
 * have them; uncompressed, gzip or zip, within fixed limits.
 *
 * <pre>
 *   file ──▶ PinnedFile ──▶ UnpackedFile ──▶ BoundedLines ──▶ LineReader ──▶ ListLine ──▶ the caller
 *            SHA-256        zip bombs        long lines       CSV, names
 * </pre>
 *
 * <p>A file that is whole but has another format or packing is refused with the line that converts it ({@code
 * Conversion}).
 *
 * <p>A malformed line becomes a value with its number and the reason. A malformed file causes a {@link
 * MalformedListException}, which stops the night before any packet is sent. A file is read in one pass; its contents
 * are never kept in memory or unpacked to disk.
 *
 * <p>{@code ListFetch} brings lists by HTTPS: the edition that is there stays until another is whole and can be read.
 *
 * <p>Depends on: {@code names}, {@code https}, {@code fact}; uses FastCSV to parse lines.
 */
@NullMarked
package org.starttlscensus.lists;

import org.jspecify.annotations.NullMarked;
