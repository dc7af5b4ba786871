/**
 * Lines of a domain list to mail domains: plain names and Tranco's {@code rank,domain}, also gzip and zip, bounded.
 *
 * <p>A bad line is kept with its number and reason; a bad file stops the night before any packet.
 *
 * <p>Depends on: {@code names}, {@code fact}; the only door to FastCSV for reading.
 */
@NullMarked
package org.starttlscensus.lists;

import org.jspecify.annotations.NullMarked;
