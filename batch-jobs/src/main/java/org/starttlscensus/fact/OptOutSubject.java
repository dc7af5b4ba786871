package org.starttlscensus.fact;

import java.util.Optional;

/**
 * Who asked to be left out: a name with all names below it, or a network.
 *
 * @param name    canonical: lower case, A-labels, no trailing dot
 * @param network an address with a length, for example {@code 192.0.2.0/24} or {@code 192.0.2.1/32}
 */
public record OptOutSubject(Optional<String> name, Optional<String> network) {

    public OptOutSubject {
        if (name.isPresent() == network.isPresent()) {
            throw new IllegalArgumentException("who opts out is a name or a network: " + name + ", " + network);
        }
        if (name.filter(text -> !DnsNames.isHost(text)).isPresent()) {
            throw new IllegalArgumentException("not a canonical name: \"" + name.get() + "\"");
        }
    }

    public static OptOutSubject ofName(String canonical) {
        return new OptOutSubject(Optional.of(canonical), Optional.empty());
    }

    public static OptOutSubject ofNetwork(String network) {
        return new OptOutSubject(Optional.empty(), Optional.of(network));
    }

    public static OptOutSubject ofAddress(Address address) {
        return ofNetwork(address + "/" + address.octets().size() * 8);
    }

    /** As an operator writes it: a network of one address is that address. */
    @Override
    public String toString() {
        return name.or(() -> network.map(text -> text.replaceFirst(text.contains(":") ? "/128$" : "/32$", "")))
                .orElseThrow();
    }
}
