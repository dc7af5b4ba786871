package org.starttlscensus.politeness;

import java.util.Locale;

/** The kinds of limits. The dispatcher keeps one state per value of each key. */
public enum LimitKey {

    /** One IP address of a mail server, under all its names. */
    ADDRESS,

    /** One name at one address; its gap is the time between two attempts of a night. */
    ENDPOINT,

    /** The /24 of an IPv4, the /48 of an IPv6 address: neighbours often share one log and one administrator. */
    PREFIX,

    /** One provider: all addresses whose calls it would count together. */
    PROVIDER,

    /** One source address of ours. */
    SOURCE;

    /** As written in the settings: {@code census.limits.address.gap}. */
    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
