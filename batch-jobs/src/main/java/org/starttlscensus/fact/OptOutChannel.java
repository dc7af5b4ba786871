package org.starttlscensus.fact;

/** How we know that somebody asked to be left out. */
public enum OptOutChannel {
    /** They told our operator. */
    TOLD,
    /** A record of theirs in the DNS says so. */
    DNS;

    public String label() {
        return Labels.of(this);
    }

    public static OptOutChannel of(String label) {
        return Labels.read(OptOutChannel.class, label);
    }
}
