package org.starttlscensus.politeness;

import java.util.Locale;

/** What limits are counted against. The dispatcher keeps one state per value of each key. */
public enum LimitKey {

    /** One IP address of a mail server, whatever name it is called by. */
    ADDRESS,

    /** One name at one address; its gap is the time between two attempts of a night. */
    ENDPOINT,

    /** The /24 of an IPv4, the /48 of an IPv6 address: neighbours often share one log and one administrator. */
    PREFIX,

    /** Whoever would notice us, over all its addresses. */
    PROVIDER,

    /** One source address of ours. */
    SOURCE;

    /** As written in the settings: {@code census.limits.address.gap}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
