package org.starttlscensus.store;

import org.starttlscensus.fact.Octets;

/**
 * One version of one list.
 *
 * @param listId     the list's name in all published files
 * @param file       file name as given by the operator
 * @param sha256     of the file on disk
 * @param accepted   lines that name a domain, duplicates included
 * @param duplicates accepted lines whose domain occurred earlier in the file
 */
public record ListEdition(
        long id, String listId, String file, Octets sha256, long lines, long accepted, long rejected, long duplicates) {

    public long domains() {
        return accepted - duplicates;
    }

    /** What became of its lines, for people. */
    public String words() {
        return "%,d %s: %,d %s, %,d %s, %,d rejected"
                .formatted(
                        lines,
                        lines == 1 ? "line" : "lines",
                        domains(),
                        domains() == 1 ? "domain" : "domains",
                        duplicates,
                        duplicates == 1 ? "duplicate" : "duplicates",
                        rejected);
    }
}
