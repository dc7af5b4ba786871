package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.UnreachableNetwork;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;

/** Makes one call to each kind of unreachable server. Prints a line for each: the fault, the ending, and the reason. */
public final class UnreachableCalls {

    private static final Deadlines SHORT = Deadlines.ordinary().scaled(0.1);

    private UnreachableCalls() {}

    public static void main(String[] arguments) throws Exception {
        for (int code = 0; code <= 15; code++) {
            // 3/4 asks for smaller packets: the kernel does not report that, so the SYN times out.
            if (code != 4) call("icmp 3/" + code, UnreachableNetwork.ipv4(1, code, 1));
        }
        for (int code = 0; code <= 7; code++) call("icmpv6 1/" + code, UnreachableNetwork.ipv6(1, code, 1));
        call("no route", "192.0.2.1");
        call("no route (IPv6)", "2001:db8::1");
        call("route unreachable", "10.2.0.1");
        call("route prohibit", "10.3.0.1");
        call("route blackhole", "10.4.0.1");
        call("route unreachable (IPv6)", "fd12::1");
        call("route prohibit (IPv6)", "fd13::1");
        call("route blackhole (IPv6)", "fd14::1");
        call("our address is gone", "127.0.0.1", Optional.of("192.0.2.7"));
        call("nobody listens", "127.0.0.1");
        withoutDescriptors(() -> call("out of descriptors", "127.0.0.1"));
    }

    private static void withoutDescriptors(Runnable work) {
        var taken = new ArrayList<Socket>();
        try {
            while (true) {
                var socket = new Socket();
                socket.setTcpNoDelay(true);
                taken.add(socket);
            }
        } catch (SocketException noMore) {
            work.run();
        } finally {
            taken.forEach(UnreachableCalls::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static void call(String what, String address) {
        call(what, address, Optional.empty());
    }

    private static void call(String what, String address, Optional<String> source) {
        var target = Address.of(address);
        var endpoint = new Endpoint(new Hostname("mx.example.org"), target);
        var seen = new SmtpProbe(
                        endpoint,
                        new InetSocketAddress(target.toInetAddress(), 25),
                        source.map(Address::of),
                        Calls.OUR_NAME,
                        SHORT,
                        _ -> false,
                        new TestTls())
                .run(Calls.NOW);
        System.out.println(String.join(
                "\t", List.of(what, seen.ending().label(), seen.detail().orElse(""))));
    }
}
