package org.starttlscensus.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;

/**
 * One TCP connection under two deadlines, the phase's and the whole call's, that remembers how it ended.
 * Used by the call's own thread; only the watchdog comes from outside, and only to close the socket.
 */
final class DeadlineSocket implements Closeable {

    /** Octets that may come from the wire under TLS once the handshake is over: our 96 KiB and what TLS adds to them. */
    private static final long MOST_UNDER_TLS = 256 * 1024;

    /** By this much the watchdog comes later than a read's own end, so that a read ends in the ordinary way. */
    private static final long GRACE_NANOS = 250_000_000;

    private final Socket socket = new Socket();
    private final CallClock clock;
    private Future<?> watch = new CompletableFuture<>();
    private long allowance = Long.MAX_VALUE;
    private boolean writeFailed;
    private Optional<Ending> end = Optional.empty();
    private String reason = "";

    DeadlineSocket(Deadlines deadlines) {
        this.clock = new CallClock(deadlines);
        enter(CallPhase.CONNECT);
    }

    void enter(CallPhase phase) {
        clock.enter(phase);
        watch.cancel(false);
        watch = Watchdog.after(clock.nanosLeft() + GRACE_NANOS, this::closeIfOver);
        if (phase == CallPhase.AFTER_TLS) allowance = MOST_UNDER_TLS;
    }

    /** Whether it could be connected. */
    boolean connect(InetSocketAddress target, Optional<Address> source) {
        return prepare(source) && dial(target, source);
    }

    /** Nothing is sent yet: what fails here is ours. */
    private boolean prepare(Optional<Address> source) {
        try {
            // Without it, the second flight of TLS 1.3 and our EHLO wait for a delayed acknowledgement: 44 ms a call.
            socket.setTcpNoDelay(true);
            if (source.isPresent())
                socket.bind(new InetSocketAddress(source.get().toInetAddress(), 0));
            return true;
        } catch (IOException failure) {
            note(failure, Ending.LOCAL_ERROR);
            return false;
        }
    }

    private boolean dial(InetSocketAddress target, Optional<Address> source) {
        try {
            socket.connect(target, clock.millisLeft());
            return true;
        } catch (IOException failure) {
            note(
                    failure,
                    clock.isOver()
                            ? Ending.TIMED_OUT
                            : SocketFailure.atConnect(failure, () -> OwnRoute.fault(target, source)));
            return false;
        }
    }

    Address localAddress() {
        return Address.of(socket.getLocalAddress());
    }

    InputStream input() {
        return new DeadlineInput();
    }

    OutputStream output() {
        return new DeadlineOutput();
    }

    /** How the connection ended, if it did; the first end counts. */
    Optional<Ending> end() {
        return end;
    }

    /** Our own words on that end. */
    String reason() {
        return reason;
    }

    /**
     * Our FIN; then reads, and throws away, what is still under way, so that it does not meet a closed socket and
     * cause a reset.
     *
     * @param patiently whether the peer kept inside the limits so far; else it is given a moment only
     * @param octets    the most that are read
     */
    void finish(boolean patiently, int octets) {
        try {
            socket.shutdownOutput();
            clock.enterAfterFin(patiently && end.isEmpty());
            var in = socket.getInputStream();
            var discarded = new byte[2048];
            for (int left = octets; left > 0; ) {
                socket.setSoTimeout(clock.millisLeft());
                var count = in.read(discarded, 0, Math.min(discarded.length, left));
                if (count < 0) return;
                left -= count;
            }
        } catch (IOException gone) {
            // The peer is gone, or had its time: either way nothing more can be said or heard.
        }
    }

    /** Without linger, so that what we sent still goes out. */
    @Override
    public void close() {
        watch.cancel(false);
        closeNow();
    }

    private void closeIfOver() {
        if (clock.isOver()) closeNow();
    }

    private void closeNow() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closed is what it was to become.
        }
    }

    private void note(IOException failure) {
        note(failure, clock.isOver() ? Ending.TIMED_OUT : SocketFailure.afterConnect(failure));
    }

    private void note(IOException failure, Ending how) {
        if (end.isPresent()) return;
        end = Optional.of(how);
        reason = switch (how) {
            case TIMED_OUT -> clock.passedDeadline();
            case NO_ROUTE, NO_ROUTE_HERE, LOCAL_ERROR, BROKEN_OFF ->
                failure.getClass().getSimpleName() + ": " + failure.getMessage();
            case COMPLETED,
                    REPLIED,
                    CLOSED,
                    RESET,
                    REFUSED,
                    TOO_MUCH,
                    NOT_SMTP,
                    INJECTED,
                    TLS_FAILURE,
                    NOT_CALLABLE,
                    NOT_DIALLED,
                    NO_FAMILY -> "";
        };
    }

    private final class DeadlineInput extends InputStream {

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) return 0;
            try {
                if (allowance == 0) throw tooMuch();
                socket.setSoTimeout(clock.millisLeft());
                var count = socket.getInputStream().read(into, offset, (int) Math.min(length, allowance));
                if (count < 0 && end.isEmpty()) end = Optional.of(writeFailed ? Ending.RESET : Ending.CLOSED);
                if (count > 0) allowance -= count;
                return count;
            } catch (IOException failure) {
                note(failure);
                throw failure;
            }
        }

        @Override
        public int available() throws IOException {
            return socket.getInputStream().available();
        }

        private IOException tooMuch() {
            end = Optional.of(Ending.TOO_MUCH);
            return new IOException("more octets under TLS than " + MOST_UNDER_TLS);
        }
    }

    private final class DeadlineOutput extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        /**
         * A write that the peer takes no more is not the end: its last words, a 421 or a TLS alert, may still be there
         * to be read, and the reading tells how it ended.
         */
        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            try {
                socket.getOutputStream().write(from, offset, length);
            } catch (IOException failure) {
                if (clock.isOver()) {
                    note(failure);
                    throw failure;
                }
                writeFailed = true;
            }
        }
    }
}
