package org.starttlscensus.lab;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/**
 * The lab's DNS server: serves a {@link LabZone} over UDP and TCP as a recursive resolver would, and counts the
 * queries. Thread-safe. Logs nothing.
 */
public final class LabDns implements AutoCloseable {

    private static final int TCP_IDLE_MILLISECONDS = 10_000;
    private static final int RECEIVE_OCTETS = 4 << 20;
    private static final int PORTS_TO_TRY = 20;

    private record QueriedName(Name name, int type) {}

    private final LabZone zone;
    private final LabAnswers answers;
    private final DatagramChannel udp;
    private final ServerSocket tcp;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentHashMap<QueriedName, AtomicLong> queriesByName = new ConcurrentHashMap<>();
    private final LongAdder queryCount = new LongAdder();
    private final LongAdder tcpQueryCount = new LongAdder();
    private final AtomicInteger concurrentQueries = new AtomicInteger();
    private final AtomicInteger peakConcurrentQueries = new AtomicInteger();

    private LabDns(LabZone zone, DatagramChannel udp, ServerSocket tcp) {
        this.zone = zone;
        this.answers = new LabAnswers(zone);
        this.udp = udp;
        this.tcp = tcp;
    }

    /**
     * Starts to serve.
     *
     * @param address loopback only
     * @param port    0 for any free port
     */
    public static LabDns open(LabZone zone, InetAddress address, int port) throws IOException {
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("the lab's DNS serves loopback addresses only, not " + address);
        }
        for (int attempt = 1; ; attempt++) {
            var tcp = new ServerSocket();
            var udp = DatagramChannel.open();
            try {
                tcp.bind(new InetSocketAddress(address, port));
                udp.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_OCTETS);
                udp.bind(new InetSocketAddress(address, tcp.getLocalPort()));
                var dns = new LabDns(zone, udp, tcp);
                dns.threads.execute(dns::serveUdp);
                dns.threads.execute(dns::serveTcp);
                return dns;
            } catch (IOException taken) {
                tcp.close();
                udp.close();
                // With port 0 only the TCP port is known to be free.
                if (port != 0 || attempt == PORTS_TO_TRY) throw taken;
            }
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    /** The number of queries for one name and type, over UDP and TCP together. */
    public long queries(String name, String type) {
        var count = queriesByName.get(new QueriedName(LabZone.name(name), LabZone.typeOf(type)));
        return count == null ? 0 : count.get();
    }

    public long queryCount() {
        return queryCount.sum();
    }

    public long tcpQueryCount() {
        return tcpQueryCount.sum();
    }

    /** The most queries for any one name and type. */
    public long mostQueriesOfOneName() {
        return queriesByName.values().stream().mapToLong(AtomicLong::get).max().orElse(0);
    }

    /** The most queries that were waiting for the zone's latency at one moment. */
    public int peakConcurrentQueries() {
        return peakConcurrentQueries.get();
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        udp.close();
        tcp.close();
        threads.shutdownNow();
        threads.close();
    }

    private void serveUdp() {
        var buffer = ByteBuffer.allocate(Message.MAXLENGTH);
        while (udp.isOpen()) {
            try {
                var client = udp.receive(buffer.clear());
                var octets = new byte[buffer.flip().remaining()];
                buffer.get(octets);
                if (zone.latency().isZero()) answerUdp(octets, client);
                else threads.execute(() -> answerUdp(octets, client));
            } catch (IOException | RejectedExecutionException closedOrClientGone) {
                // A client that has gone away gets no answer; the loop ends when the channel is closed.
            }
        }
    }

    private void answerUdp(byte[] octets, SocketAddress client) {
        try {
            for (var response : answer(octets, false)) udp.send(ByteBuffer.wrap(response), client);
        } catch (IOException notAQueryOrClientGone) {
            // As above.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var connection = tcp.accept();
                threads.execute(() -> converse(connection));
            } catch (IOException | RejectedExecutionException closed) {
                // The loop ends when the socket is closed.
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            connection.setSoTimeout(TCP_IDLE_MILLISECONDS);
            connection.setTcpNoDelay(true);
            var in = new DataInputStream(connection.getInputStream());
            while (true) {
                var octets = in.readNBytes(in.readUnsignedShort());
                for (var response : answer(octets, true)) {
                    connection
                            .getOutputStream()
                            .write(ByteBuffer.allocate(2 + response.length)
                                    .putShort((short) response.length)
                                    .put(response)
                                    .array());
                }
            }
        } catch (EOFException done) {
            // The client has closed the connection.
        } catch (IOException clientGone) {
            // The client is gone.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private List<byte[]> answer(byte[] octets, boolean overTcp) throws IOException, InterruptedException {
        var query = new Message(octets);
        if (query.getQuestion() == null) return List.of();
        var earlier = count(query, overTcp);
        peakConcurrentQueries.accumulateAndGet(concurrentQueries.incrementAndGet(), Math::max);
        try {
            if (!zone.latency().isZero()) Thread.sleep(zone.latency());
        } finally {
            // Before the answer is sent: a client that has it may send its next query at once.
            concurrentQueries.decrementAndGet();
        }
        return answers.to(query, overTcp, earlier);
    }

    /** Counts, and returns how many queries there were before for the same name and type. */
    private long count(Message query, boolean overTcp) {
        var question = query.getQuestion();
        var earlier = queriesByName
                .computeIfAbsent(new QueriedName(question.getName(), question.getType()), _ -> new AtomicLong())
                .getAndIncrement();
        queryCount.increment();
        if (overTcp) tcpQueryCount.increment();
        return earlier;
    }
}
