package org.starttlscensus.publish;

/** What became of a night that was to be written again. */
public enum Republished {
    /** No set was published there, so nothing was written. */
    NOT_THERE,
    /** The set that is there has the same bytes. */
    UNCHANGED,
    /** The set is replaced, and {@code CHANGES.md} has a line. */
    WRITTEN
}
