package org.starttlscensus.store;

import org.starttlscensus.fact.Octets;

/**
 * One state of one list.
 *
 * @param listId     the list's name in every file
 * @param file       as it was named to us
 * @param sha256     of the file on disk
 * @param accepted   lines that name a domain, duplicates included
 * @param duplicates accepted lines whose domain stood earlier in the file
 */
public record ListEdition(
        long id, String listId, String file, Octets sha256, long lines, long accepted, long rejected, long duplicates) {

    public long domains() {
        return accepted - duplicates;
    }
}
