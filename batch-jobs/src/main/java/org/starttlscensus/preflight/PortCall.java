package org.starttlscensus.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * One connection to a mail server that shows whether the port is open: waits for the greeting, says QUIT, waits for the
 * answer, closes. No EHLO and no TLS, because nothing is to be measured.
 */
final class PortCall {

    private static final int MOST_OCTETS = 4_096;

    private final Duration connect;
    private final Duration greeting;

    PortCall(Duration connect, Duration greeting) {
        this.connect = connect;
        this.greeting = greeting;
    }

    /**
     * @param source empty: the operating system chooses
     * @return why no greeting came; empty if one came, whatever it said
     */
    Optional<String> failure(Optional<Address> source, InetSocketAddress target) {
        try (var socket = new Socket()) {
            if (source.isPresent())
                socket.bind(new InetSocketAddress(source.get().toInetAddress(), 0));
            socket.connect(target, Math.toIntExact(connect.toMillis()));
            return greeting(socket);
        } catch (SocketTimeoutException silent) {
            return Optional.of("no answer to the connection within %,d s".formatted(connect.toSeconds()));
        } catch (NoRouteToHostException noRoute) {
            return Optional.of("no route to it");
        } catch (ConnectException refused) {
            return Optional.of(
                    String.valueOf(refused.getMessage()).contains("refused")
                            ? "it refused the connection"
                            : String.valueOf(refused.getMessage()));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> greeting(Socket socket) throws IOException {
        try {
            var in = socket.getInputStream();
            if (!readReply(socket, in, System.nanoTime() + greeting.toNanos()))
                return Optional.of("it closed the connection without a greeting");
            quit(socket, in);
            return Optional.empty();
        } catch (SocketTimeoutException silent) {
            return Optional.of(
                    "it took the connection, and sent no greeting within %,d s".formatted(greeting.toSeconds()));
        }
    }

    /** A failure here says nothing of the port. */
    private static void quit(Socket socket, InputStream in) {
        try {
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            readReply(socket, in, System.nanoTime() + Duration.ofSeconds(10).toNanos());
        } catch (IOException gone) {
            // The greeting has come, which is all that was asked.
        }
    }

    /** Reads to the last line of a reply: three digits and no hyphen. False if the peer closed before. */
    private static boolean readReply(Socket socket, InputStream in, long deadline) throws IOException {
        var line = new StringBuilder();
        for (int octets = 0; octets < MOST_OCTETS; octets++) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) throw new SocketTimeoutException();
            socket.setSoTimeout(Math.toIntExact(left));
            var octet = in.read();
            if (octet < 0) return false;
            if (octet != '\n') {
                line.append((char) octet);
                continue;
            }
            if (line.toString().strip().matches("[0-9]{3}( .*)?")) return true;
            line.setLength(0);
        }
        throw new IOException("it sent %,d octets without the end of a greeting".formatted(MOST_OCTETS));
    }
}
