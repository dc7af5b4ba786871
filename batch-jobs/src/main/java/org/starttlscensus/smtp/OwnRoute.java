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
 * Whether this machine itself is why a connection did not come about.
 *
 * <p>Whatever a router answers to our SYN reaches us as an error number, and our own routing table, policy and
 * firewall give the same ones. So the kernel is asked once more, without a packet: to connect a UDP socket looks up
 * the same route from the same source and sends nothing. What it cannot show is a gateway of ours that is gone (no
 * answer to ARP), and a reject by our own firewall's output chain: both look like a router's answer, and count as
 * that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ip-route.8.html">ip-route(8): unreachable, prohibit, blackhole</a>
 */
final class OwnRoute {

    private OwnRoute() {}

    /**
     * Asked after a failure, so what was wrong for a moment only may be found in order.
     *
     * @return {@link Ending#LOCAL_ERROR} if no socket can be had here; {@link Ending#NO_ROUTE_HERE} if this machine
     *         has no way to the target; empty if it has one
     */
    static Optional<Ending> fault(InetSocketAddress target, Optional<Address> source) {
        var ours = source.map(address -> new InetSocketAddress(address.toInetAddress(), 0))
                .orElseGet(() -> new InetSocketAddress(0));
        try (var tcp = new Socket();
                var udp = DatagramChannel.open()) {
            tcp.bind(ours);
            udp.bind(ours);
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
