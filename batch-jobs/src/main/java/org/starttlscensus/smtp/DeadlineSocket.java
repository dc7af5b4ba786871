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
 * One TCP connection with two deadlines, that of the phase and that of the whole call. It records how it ended.
 * Only the call's own thread uses it, except that the watchdog's thread may close the socket.
 */
final class DeadlineSocket implements Closeable {

    /** The most octets read from TCP after the handshake: our 96 KiB of SMTP and what TLS adds to them. */
    private static final long MOST_UNDER_TLS = 256 * 1024;

    /** The watchdog fires this much later than the deadline, so that a read ends by its own time-out. */
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

    /** Returns whether the connection was established. */
    boolean connect(InetSocketAddress target, Optional<Address> source) {
        return prepare(source) && dial(target, source);
    }

    /** Sends nothing yet, so a failure here is a local error. */
    private boolean prepare(Optional<Address> source) {
        try {
            // Otherwise the second flight of TLS 1.3 and our EHLO wait for a delayed acknowledgement: 44 ms a call.
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

    /** How the connection ended, if it did; the first ending is kept. */
    Optional<Ending> end() {
        return end;
    }

    /** Our own description of that ending; empty where the ending says it all. Never a text of the peer. */
    String reason() {
        return reason;
    }

    /**
     * Sends our FIN, then reads and discards what is still in flight: octets that reach a closed socket cause a reset.
     *
     * @param patiently whether the peer kept within the limits so far; otherwise it gets the short time only
     * @param octets    the most octets to read
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
            // The peer is gone or its time is over: there is nothing left to send or read.
        }
    }

    /** Sets no linger, so the kernel still delivers what we sent. */
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
            // The socket is closed all the same.
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
         * Ignores a failed write before the deadline: the peer's last octets, such as a 421 or a TLS alert, may still
         * be readable, and the next read decides how the connection ended.
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
