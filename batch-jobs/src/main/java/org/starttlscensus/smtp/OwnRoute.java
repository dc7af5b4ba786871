package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Ending;

/**
 * Tells whether this machine itself is the reason why a connection was not established.
 *
 * <p>A router's answer to our SYN reaches us as an error number, and our own routing table, policy and firewall give
 * the same numbers. So the kernel is asked once more without a packet: connecting a UDP socket looks up the same route
 * from the same source and sends nothing. Two local faults cannot be seen this way: a gateway of ours that does not
 * answer ARP, and a reject in our own firewall's output chain. Both look like a router's answer and count as one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-route.8.html">ip-route(8): unreachable, prohibit</a>
 */
final class OwnRoute {

    private OwnRoute() {}

    /**
     * Runs after the failure, so it may miss a fault that was there for a moment only.
     *
     * @return {@link Ending#LOCAL_ERROR} if no socket can be had here; {@link Ending#NO_ROUTE_HERE} if this machine
     *         has no way to the target; empty if it has one
     */
    static Optional<Ending> fault(InetSocketAddress target, Optional<Address> source) {
        var local = source.map(address -> new InetSocketAddress(address.toInetAddress(), 0))
                .orElseGet(() -> new InetSocketAddress(0));
        try (var tcp = new Socket();
                var udp = DatagramChannel.open()) {
            tcp.bind(local);
            udp.bind(local);
            return isRouted(udp, target) ? Optional.empty() : Optional.of(Ending.NO_ROUTE_HERE);
        } catch (IOException none) {
            return Optional.of(Ending.LOCAL_ERROR);
        }
    }

    private static boolean isRouted(DatagramChannel udp, SocketAddress target) {
        try {
            udp.connect(target);
            return true;
        } catch (IOException | UnsupportedAddressTypeException none) {
            return false;
        }
    }
}
