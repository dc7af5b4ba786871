package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.starttlscensus.UnreachableNetwork;

/**
 * Where the fault lies when a connection is not established, with real ICMP packets and real routes. A program gets
 * only errno, which is the same whether a remote router or this machine's own routing table refuses. So the exception
 * cannot tell them apart, and {@link OwnRoute} asks the kernel.
 */
@DisplayName("A server that cannot be reached")
@Timeout(300)
class UnreachableIT {

    /**
     * Linux 6.18, JDK 25. After each: errno, which is not in the exception but determines its class and message.
     */
    private static final String EXPECTED = """
            icmp 3/0 | no_route | SocketException: Network is unreachable                        ENETUNREACH
            icmp 3/1 | no_route | NoRouteToHostException: No route to host                       EHOSTUNREACH
            icmp 3/2 | no_route | SocketException: Protocol not available                        ENOPROTOOPT
            icmp 3/3 | refused |                                                                 ECONNREFUSED
            icmp 3/5 | no_route | SocketException: Operation not supported                       EOPNOTSUPP
            icmp 3/6 | no_route | SocketException: Network is unreachable                        ENETUNREACH
            icmp 3/7 | no_route | SocketException: Host is down                                  EHOSTDOWN
            icmp 3/8 | no_route | SocketException: Machine is not on the network                 ENONET
            icmp 3/9 | no_route | SocketException: Network is unreachable                        ENETUNREACH
            icmp 3/10 | no_route | NoRouteToHostException: No route to host                      EHOSTUNREACH
            icmp 3/11 | no_route | SocketException: Network is unreachable                       ENETUNREACH
            icmp 3/12 | no_route | NoRouteToHostException: No route to host                      EHOSTUNREACH
            icmp 3/13 | no_route | NoRouteToHostException: No route to host                      EHOSTUNREACH
            icmp 3/14 | no_route | NoRouteToHostException: No route to host                      EHOSTUNREACH
            icmp 3/15 | no_route | NoRouteToHostException: No route to host                      EHOSTUNREACH
            icmpv6 1/0 | no_route | SocketException: Network is unreachable                      ENETUNREACH
            icmpv6 1/1 | no_route | BindException: Permission denied                             EACCES
            icmpv6 1/2 | no_route | NoRouteToHostException: No route to host                     EHOSTUNREACH
            icmpv6 1/3 | no_route | NoRouteToHostException: No route to host                     EHOSTUNREACH
            icmpv6 1/4 | refused |                                                               ECONNREFUSED
            icmpv6 1/5 | no_route | BindException: Permission denied                             EACCES
            icmpv6 1/6 | no_route | BindException: Permission denied                             EACCES
            icmpv6 1/7 | no_route | ProtocolException: Protocol error                            EPROTO
            no route | no_route_here | SocketException: Network is unreachable                   ENETUNREACH
            no route (IPv6) | no_route_here | SocketException: Network is unreachable            ENETUNREACH
            route unreachable | no_route_here | NoRouteToHostException: No route to host         EHOSTUNREACH
            route prohibit | no_route_here | BindException: Permission denied                    EACCES
            route blackhole | no_route_here | SocketException: Invalid argument                  EINVAL
            route unreachable (IPv6) | no_route_here | NoRouteToHostException: No route to host  EHOSTUNREACH
            route prohibit (IPv6) | no_route_here | BindException: Permission denied             EACCES
            route blackhole (IPv6) | no_route_here | SocketException: Invalid argument           EINVAL
            our address is gone | local_error | BindException: Cannot assign requested address   EADDRNOTAVAIL
            nobody listens | refused |                                                           ECONNREFUSED
            out of descriptors | local_error | SocketException: Too many open files              EMFILE
            """;

    @Test
    void isLocalOnlyIfThisMachineHasAFault() throws Exception {
        var missing = UnreachableNetwork.whyNot();
        assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
        var seen = UnreachableNetwork.run(UnreachableCalls.class).stream()
                .map(line -> line.replace("\t", " | ").strip())
                .collect(Collectors.joining("\n"));
        assertEquals(EXPECTED.strip().replaceAll(" +E[A-Z]+(?=\n|$)", ""), seen);
    }
}
