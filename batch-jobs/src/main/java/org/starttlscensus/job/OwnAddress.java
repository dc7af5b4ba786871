package org.starttlscensus.job;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.settings.CensusSettings;

/**
 * One of our addresses, with the name that it says in EHLO.
 *
 * @param address empty: the operating system chooses
 */
record OwnAddress(Optional<Address> address, Hostname ehloName) {

    /** At least one. */
    static List<OwnAddress> all(CensusSettings settings) {
        if (!settings.sourceAddresses().isEmpty()) {
            return settings.sourceAddresses().stream()
                    .map(source -> new OwnAddress(Optional.of(source.address()), source.ehloName()))
                    .toList();
        }
        var ehloName = settings.smtp().ehloName().orElseThrow(() -> new RefusedNightException("""
                census.smtp.ehlo-name is not set. It is our name in EHLO; it must resolve to our address, and \
                our address to it. No server was called. \
                Set it, for example census.smtp.ehlo-name=census.example.org."""));
        return List.of(new OwnAddress(Optional.empty(), ehloName));
    }

    /**
     * Before any call: a source address that this machine does not have would make each of its calls fail.
     *
     * @throws RefusedNightException if this machine cannot call from one of them; it names all of these
     */
    static void requireAll(CensusSettings settings) {
        var missing = settings.sourceAddresses().stream()
                .flatMap(source -> whyNot(source.address()).stream())
                .toList();
        if (missing.isEmpty()) return;
        throw new RefusedNightException("""
                census.source-addresses: this machine cannot call from %s. No server was called. \
                `ip address` lists the addresses that this machine has. Add what is missing to an interface, or take \
                it out of census.source-addresses.""".formatted(String.join(", nor from ", missing)));
    }

    /** Binds a socket, and sends nothing. */
    private static Optional<String> whyNot(Address address) {
        try (var socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(address.toInetAddress(), 0));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("%s (%s)".formatted(address, e.getMessage()));
        }
    }
}
