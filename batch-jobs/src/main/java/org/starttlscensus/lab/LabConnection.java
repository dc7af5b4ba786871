package org.starttlscensus.lab;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tls.TlsServerProtocol;

/** The server's end of one connection: reads lines and sends replies, until the session's deadline. */
final class LabConnection {

    private static final int LONGEST_LINE = 2_000;
    /**
     * Type, version and length.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-5.1">RFC 8446, section 5.1: record layer</a>
     */
    private static final int RECORD_HEADER = 5;

    private static final Duration UNLIMITED = Duration.ofDays(1);

    private final Socket socket;
    private final String host;
    private final long deadline;
    private final InputStream raw;
    private InputStream in;
    private OutputStream out;
    private Optional<TlsServerProtocol> session = Optional.empty();
    private Optional<OpenInput> received = Optional.empty();

    LabConnection(Socket socket, String host, Duration lifetime) throws IOException {
        this.socket = socket;
        this.host = host;
        this.deadline = System.nanoTime() + lifetime.toNanos();
        this.raw = new BufferedInputStream(socket.getInputStream());
        this.in = raw;
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    /** The next line without its end. Throws {@link EOFException} once the client has closed. */
    String readLine() throws IOException {
        var line = new StringBuilder();
        while (true) {
            limitNextRead(UNLIMITED);
            int octet = in.read();
            if (octet < 0) throw new EOFException();
            if (octet == '\n')
                return line.isEmpty() || line.charAt(line.length() - 1) != '\r'
                        ? line.toString()
                        : line.substring(0, line.length() - 1);
            if (line.length() < LONGEST_LINE) line.append((char) octet);
        }
    }

    /** How many octets have arrived unread. */
    int waiting() throws IOException {
        return in.available();
    }

    void send(String reply) throws IOException {
        out.write(octets(reply));
        out.flush();
    }

    /**
     * Sends a few octets at a time, which a client that takes one segment for one reply cannot read. What the client
     * sends meanwhile is discarded.
     *
     * @param onOctet called for each octet that arrives meanwhile
     */
    void sendInPieces(String reply, int size, Duration between, Runnable onOctet) throws IOException {
        var octets = octets(reply);
        for (int from = 0; from < octets.length; from += size) {
            if (from > 0) listen(between, onOctet);
            out.write(octets, from, Math.min(size, octets.length - from));
            out.flush();
        }
    }

    void sendRaw(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /**
     * Waits this long and discards what arrives. Throws {@link EOFException} once the client has closed.
     *
     * @param onOctet called for each octet that arrives meanwhile
     */
    void listen(Duration time, Runnable onOctet) throws IOException {
        long until = System.nanoTime() + time.toNanos();
        while (true) {
            long left = until - System.nanoTime();
            if (left <= 0) return;
            try {
                limitNextRead(Duration.ofNanos(left));
                if (in.read() < 0) throw new EOFException();
                onOctet.run();
            } catch (SocketTimeoutException quiet) {
                if (deadline - System.nanoTime() <= 0) throw quiet;
            }
        }
    }

    /** Reads until the client closes; a reset or the deadline throws. */
    void drain() throws IOException {
        do {
            limitNextRead(UNLIMITED);
        } while (in.read() >= 0);
    }

    void awaitOctet() throws IOException {
        limitNextRead(UNLIMITED);
        if (in.read() < 0) throw new EOFException();
    }

    /** Whether the next TLS record has at most this many octets. It stays unread. */
    boolean firstRecordFits(int octets) throws IOException {
        limitNextRead(UNLIMITED);
        raw.mark(RECORD_HEADER);
        var header = raw.readNBytes(RECORD_HEADER);
        raw.reset();
        if (header.length < RECORD_HEADER) throw new EOFException();
        return RECORD_HEADER + ((header[3] & 0xff) << 8 | (header[4] & 0xff)) <= octets;
    }

    /** Does the TLS handshake; what follows is encrypted. */
    void encrypt(LabTlsServer tls) throws IOException {
        limitNextRead(UNLIMITED);
        var tcp = new OpenInput(in);
        received = Optional.of(tcp);
        var protocol = new TlsServerProtocol(tcp, new OpenOutput(out));
        protocol.accept(tls);
        in = protocol.getInputStream();
        out = protocol.getOutputStream();
        session = Optional.of(protocol);
    }

    /** Whether, under TLS, the client stopped sending: by a close, a reset, or silence. */
    boolean clientFellSilent() {
        return received.isPresent() && received.get().ended;
    }

    boolean isEncrypted() {
        return session.isPresent();
    }

    /** Closes the sending side. What the client still sends can be read. */
    void hangUp() throws IOException {
        if (session.isPresent()) session.get().close();
        socket.shutdownOutput();
    }

    /** Reads the client's lines until it closes; under TLS it discards them. A reset or the deadline throws. */
    void readOn(Consumer<String> line) throws IOException {
        in = raw;
        if (isEncrypted()) {
            drain();
            return;
        }
        try {
            while (true) line.accept(readLine());
        } catch (EOFException closed) {
            return;
        }
    }

    /** Limits how long the next read waits: this long, and never beyond the session's deadline. */
    void limitNextRead(Duration most) throws IOException {
        long left = Math.min(deadline - System.nanoTime(), most.toNanos());
        if (left <= 0) throw new SocketTimeoutException("the session's deadline has passed");
        socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, Math.max(1, left / 1_000_000)));
    }

    private byte[] octets(String reply) {
        return (reply.replace("{host}", host).replace("\n", "\r\n") + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Ignores {@code close}: Bouncy Castle closes its streams when TLS ends, but TCP must still be closed in order. */
    private static final class OpenInput extends FilterInputStream {
        private boolean ended;

        OpenInput(InputStream in) {
            super(in);
        }

        /** Sets {@code ended} unless octets arrive: after an exception or the end of the stream, nothing more comes. */
        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            ended = true;
            int count = super.read(into, from, most);
            ended = count < 0;
            return count;
        }

        @Override
        public void close() {}
    }

    private static final class OpenOutput extends FilterOutputStream {
        OpenOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            out.write(octets, from, count);
        }

        @Override
        public void close() {}
    }
}
