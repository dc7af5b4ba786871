package org.starttlscensus.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.starttlscensus.fact.Address;

/** One mail server on one address. It gives each connection a virtual thread and a {@link LabSession}. */
final class LabServer implements AutoCloseable {

    private static final int MOST_OPEN = 200;
    private static final int BACKLOG = 128;
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(50);

    private final Address address;
    private final Script script;
    private final List<String> names;
    private final LabEnvironment environment;
    private final ConnectionThrottle throttle;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Optional<ServerSocket> listener = Optional.empty();
    private Optional<Instant> firstCaller = Optional.empty();
    private volatile boolean closed;

    /**
     * What all servers of a lab share.
     *
     * @param authority makes their certificates
     * @param patience  scales their durations within a session
     * @param timeScale scales their durations between sessions
     * @param log       records their sessions
     * @param threads   starts a virtual thread for each connection
     */
    record LabEnvironment(
            LabAuthority authority, double patience, double timeScale, LabLog log, ExecutorService threads) {

        /** Longer than any call may last. */
        private static final Duration LONGEST_SESSION = Duration.ofMinutes(8);

        /** Enough for a busy machine: a shorter lifetime would cut sessions that the script does not end. */
        private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(10);

        Duration scaled(Duration nominal) {
            return Duration.ofNanos((long) (nominal.toNanos() * patience));
        }

        Duration scaledBetweenSessions(Duration nominal) {
            return Duration.ofNanos((long) (nominal.toNanos() * timeScale));
        }

        Duration lifetime() {
            var scaled = scaled(LONGEST_SESSION);
            return scaled.compareTo(SHORTEST_LIFETIME) < 0 ? SHORTEST_LIFETIME : scaled;
        }
    }

    /** @param throttle shared by the servers of the company */
    LabServer(LabHost host, ConnectionThrottle throttle, LabEnvironment environment) {
        this.address = host.address();
        this.script = host.behavior().script();
        this.names = host.names();
        this.environment = environment;
        this.throttle = throttle;
    }

    /** Binds to the port, 0 for any free one, and returns it. Throws if the port is in use on this address. */
    int open(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address.toInetAddress(), port), BACKLOG);
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
        if (script.opening() instanceof Opening.NoListener) {
            socket.close();
            return port;
        }
        listener = Optional.of(socket);
        return socket.getLocalPort();
    }

    /** Starts to accept on a platform thread, so that the recorded start times do not depend on other calls' work. */
    void start() {
        listener.ifPresent(
                socket -> Thread.ofPlatform().daemon().name("lab-" + address).start(() -> accept(socket)));
    }

    private void accept(ServerSocket socket) {
        while (!closed) {
            try {
                admit(socket.accept());
            } catch (IOException trouble) {
                if (closed) return;
                if (socket.isClosed())
                    throw new IllegalStateException("the lab's server at " + address + " has stopped", trouble);
                LockSupport.parkNanos(AFTER_TROUBLE.toNanos()); // for example no file descriptor: do not spin
            }
        }
    }

    private void admit(Socket socket) throws IOException {
        environment.log().opened(address);
        var recorder = new SessionRecorder(address, Address.of(socket.getInetAddress()));
        open.add(socket);
        if (closed || open.size() > MOST_OPEN) {
            dismiss(socket, recorder);
            return;
        }
        var admission = throttle.admit(Instant.now());
        recorder.admitted(admission.result());
        try {
            environment.threads().execute(() -> serve(socket, admission, recorder));
        } catch (RejectedExecutionException closing) {
            throttle.left();
            dismiss(socket, recorder);
        }
    }

    private void dismiss(Socket socket, SessionRecorder recorder) throws IOException {
        open.remove(socket);
        recorder.ended(Session.SessionEnding.SERVER_CLOSED);
        environment.log().ended(recorder.finish());
        socket.close();
    }

    private void serve(Socket socket, ConnectionThrottle.Admission admission, SessionRecorder recorder) {
        try (socket) {
            new LabSession(socket, script, names, environment, recorder)
                    .serve(admission.reply().or(this::greylisted));
        } catch (IOException lost) {
            recorder.ended(Session.SessionEnding.CLIENT_RESET);
        } finally {
            throttle.left();
            open.remove(socket);
            environment.log().ended(recorder.finish());
        }
    }

    /** The reply of a greylist, if it still applies. It has one entry: all connections come from one address. */
    private synchronized Optional<String> greylisted() {
        if (script.greylist().isZero()) return Optional.empty();
        var now = Instant.now();
        if (firstCaller.isEmpty()) firstCaller = Optional.of(now);
        return now.isBefore(firstCaller.get().plus(environment.scaledBetweenSessions(script.greylist())))
                ? Optional.of(Script.TEMPORARILY_UNKNOWN)
                : Optional.empty();
    }

    void stopListening() {
        try {
            if (listener.isPresent()) listener.get().close();
            listener = Optional.empty();
        } catch (IOException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    @Override
    public void close() {
        closed = true;
        stopListening();
        try {
            for (var socket : open) socket.close();
        } catch (IOException bug) {
            throw new UncheckedIOException(bug);
        }
    }
}
