package org.starttlscensus.dns;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Sends one query and returns the octets of its response: one blocking socket per query, for virtual threads.
 *
 * <p>dnsjava's own client shares one selector thread in the whole process, checks time-outs only when that thread is
 * idle, and gives up a query at the first datagram with a wrong id, which anyone can send. This class keeps time-outs
 * to the millisecond and ignores datagrams with another id.
 */
final class BlockingSockets {

    private static final int LARGEST_MESSAGE = 0xffff;

    /** More than we ask for, because some resolvers send more. What is larger still is cut, and so malformed. */
    private static final int LARGEST_DATAGRAM = 4_096;

    private BlockingSockets() {}

    /** @return at least two octets, of which the first two are the id of the query */
    static byte[] overUdp(InetSocketAddress remote, byte[] query, Duration timeout) throws IOException {
        var deadline = System.nanoTime() + timeout.toNanos();
        try (var socket = new DatagramSocket()) {
            socket.connect(remote);
            socket.send(new DatagramPacket(query, query.length));
            var packet = new DatagramPacket(new byte[LARGEST_DATAGRAM], LARGEST_DATAGRAM);
            while (true) {
                socket.setSoTimeout(millisecondsUntil(deadline));
                packet.setLength(LARGEST_DATAGRAM);
                socket.receive(packet);
                var data = packet.getData();
                if (packet.getLength() >= 2 && data[0] == query[0] && data[1] == query[1]) {
                    return Arrays.copyOf(data, packet.getLength());
                }
            }
        }
    }

    /** @return what the resolver sent in the frame of one message, whatever it is */
    static byte[] overTcp(InetSocketAddress remote, byte[] query, Duration timeout) throws IOException {
        var deadline = System.nanoTime() + timeout.toNanos();
        try (var socket = new Socket()) {
            socket.connect(remote, millisecondsUntil(deadline));
            socket.setTcpNoDelay(true);
            var framed = ByteBuffer.allocate(2 + query.length)
                    .putShort((short) query.length)
                    .put(query)
                    .array();
            socket.getOutputStream().write(framed);
            var in = new DataInputStream(socket.getInputStream());
            var length = ByteBuffer.wrap(read(socket, in, 2, deadline)).getShort() & LARGEST_MESSAGE;
            return read(socket, in, length, deadline);
        }
    }

    /** The deadline applies to all octets together, so a resolver that sends them slowly cannot extend it. */
    private static byte[] read(Socket socket, DataInputStream in, int length, long deadline) throws IOException {
        var octets = new byte[length];
        for (int read = 0; read < length; ) {
            socket.setSoTimeout(millisecondsUntil(deadline));
            var more = in.read(octets, read, length - read);
            if (more < 0) throw new EOFException("closed after " + read + " of " + length + " octets");
            read += more;
        }
        return octets;
    }

    private static int millisecondsUntil(long deadline) throws SocketTimeoutException {
        var left = deadline - System.nanoTime();
        if (left <= 0) throw new SocketTimeoutException("no DNS answer before the deadline");
        return Math.toIntExact(left / 1_000_000 + 1);
    }
}
