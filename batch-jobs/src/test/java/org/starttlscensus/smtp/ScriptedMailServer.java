package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;

/**
 * A mail server on loopback that follows a script and records what the client does: octets, their times, and whether
 * the client closed with FIN or RST. Each session runs on its own virtual thread.
 */
public final class ScriptedMailServer implements AutoCloseable {

    /** What the server does in one session. */
    public interface Script {
        void play(ScriptedSession session) throws Exception;
    }

    private static final int LONGEST_WAIT_SECONDS = 30;

    private final ServerSocket door;
    private final LinkedBlockingQueue<ScriptedSession> sessions = new LinkedBlockingQueue<>();

    private ScriptedMailServer(ServerSocket door) {
        this.door = door;
    }

    public static ScriptedMailServer with(Script script) throws IOException {
        var door = new ServerSocket();
        door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 2_000);
        var server = new ScriptedMailServer(door);
        Thread.ofVirtual().start(() -> server.serve(script));
        return server;
    }

    public InetSocketAddress target() {
        return (InetSocketAddress) door.getLocalSocketAddress();
    }

    public Endpoint endpoint() {
        return new Endpoint(new Hostname("mx.example.org"), Address.of(door.getInetAddress()));
    }

    /** The next session, when it is over on both sides. */
    public ScriptedSession session() throws InterruptedException, ExecutionException, TimeoutException {
        var session = sessions.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        if (session == null) throw new TimeoutException("no client called");
        session.finished().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        return session;
    }

    /** Sessions that have begun and were not yet fetched. */
    public int waiting() {
        return sessions.size();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void serve(Script script) {
        try {
            while (true) {
                var session = new ScriptedSession(door.accept());
                sessions.add(session);
                Thread.ofVirtual().start(() -> session.run(script));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
