package org.starttlscensus.lists;

/**
 * A list that was read to its end.
 *
 * @param textOctets      the size of its text, unpacked
 * @param hasCutLastLine  whether its last line has no line end, and so was rejected
 */
public record ReadList(ListCount count, long textOctets, boolean hasCutLastLine) {}
