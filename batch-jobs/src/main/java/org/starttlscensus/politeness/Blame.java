package org.starttlscensus.politeness;

import java.util.Collections;
import java.util.List;
import org.starttlscensus.fact.Provider;

/**
 * Who is charged with what a call meets, and whose mail that server takes.
 *
 * @param mailSets ids of the sets of MX records that the address is in; empty if they are unknown, or if the provider
 *                 is charged, where they do not matter
 */
public record Blame(Charged charged, List<Long> mailSets) {

    /** A call with whose refusal the provider is charged. */
    public static final Blame OF_PROVIDER = new Blame(Charged.PROVIDER, List.of());

    public Blame {
        mailSets = List.copyOf(mailSets);
    }

    /** A call with whose refusal the address is charged. */
    public static Blame ofAddress(List<Long> mailSets) {
        return new Blame(Charged.ADDRESS, mailSets);
    }

    /** The blame for a server whose mail is unknown. */
    public static Blame of(Provider.Source source) {
        return of(Charged.of(source) == Charged.ADDRESS, List.of());
    }

    public static Blame of(boolean chargesAddress, List<Long> mailSets) {
        return chargesAddress ? ofAddress(mailSets) : OF_PROVIDER;
    }

    public boolean isOfAddress() {
        return charged == Charged.ADDRESS;
    }

    /**
     * Whether the two addresses serve different mail domains, so that two customers decide. Servers of one domain are
     * one customer's. Addresses whose mail is unknown count as one customer's too.
     */
    boolean servesOthersThan(Blame other) {
        if (mailSets.isEmpty() && other.mailSets.isEmpty()) return false;
        return Collections.disjoint(mailSets, other.mailSets);
    }
}
