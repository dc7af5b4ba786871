package org.starttlscensus.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/** One session of a {@link ScriptedMailServer}: the steps for a script, and the record of what the client did. */
public final class ScriptedSession {

    /** How the client closed the connection. */
    public enum End {
        FIN,
        RST,
        OPEN
    }

    public static final String EHLO_WITH_STARTTLS =
            "250-mx.example.org\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 8BITMIME\r\n";

    private final Socket socket;
    private final long began = System.nanoTime();
    private final CompletableFuture<ScriptedSession> finished = new CompletableFuture<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Duration> commandTimes = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private InputStream in;
    private OutputStream out;
    private volatile End end = End.OPEN;
    private volatile Duration endedAfter = Duration.ZERO;
    private volatile boolean closeNotify;
    private boolean underTls;

    ScriptedSession(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void run(ScriptedMailServer.Script script) {
        try (socket) {
            script.play(this);
            finished.complete(this);
        } catch (Exception | AssertionError failure) {
            finished.completeExceptionally(failure);
        }
    }

    // Steps for a script.

    public ScriptedSession send(String latin1) throws IOException {
        out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** Waits for one whole command and records it, prefixed with {@code TLS:} if it came under TLS. */
    public String readCommand() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet; (octet = in.read()) >= 0; ) {
            line.write(octet);
            received.write(octet);
            if (octet == '\n') break;
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.isEmpty()) {
            commands.add((underTls ? "TLS:" : "") + text);
            commandTimes.add(sinceBegin());
        }
        return text;
    }

    /** Waits until an octet of the client has arrived, and leaves it there. */
    public ScriptedSession awaitOctet() throws IOException {
        while (in.available() == 0) Thread.onSpinWait();
        return this;
    }

    /** Waits this long and fails if an octet or the client's close arrives. */
    public void expectSilence(Duration time) throws IOException {
        if (!isSilentFor(time)) throw new AssertionError("the client sent an octet, or closed, too early");
    }

    /** Whether nothing arrived meanwhile, not even the client's close. */
    public boolean isSilentFor(Duration time) throws IOException {
        var before = socket.getSoTimeout();
        socket.setSoTimeout((int) time.toMillis());
        try {
            var octet = in.read();
            if (octet >= 0) received.write(octet);
            else ended(End.FIN);
            return false;
        } catch (SocketTimeoutException quiet) {
            return true;
        } finally {
            socket.setSoTimeout(before);
        }
    }

    public void startTls() throws IOException {
        startTls(tlsServer());
    }

    /** A TLS server for the script to configure and pass to {@link #startTls(SSLSocket)}. */
    public SSLSocket tlsServer() throws IOException {
        return TestTls.server(socket);
    }

    public void startTls(SSLSocket tls) throws IOException {
        tls.startHandshake();
        in = tls.getInputStream();
        out = tls.getOutputStream();
        underTls = true;
    }

    /** Sends an RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends a FIN, then reads until the client has closed. */
    public void hangUp() throws IOException {
        socket.shutdownOutput();
        awaitEnd();
    }

    /** Reads until the client has closed, and records how. */
    public void awaitEnd() throws IOException {
        try {
            if (underTls) {
                while (in.read() >= 0) {}
                closeNotify = true;
            }
            for (int octet; (octet = socket.getInputStream().read()) >= 0; ) received.write(octet);
            ended(End.FIN);
        } catch (SocketTimeoutException stillThere) {
            throw stillThere;
        } catch (IOException broken) {
            ended(String.valueOf(broken.getMessage()).contains("reset") ? End.RST : End.FIN);
        }
    }

    /** Plays a whole session as a well-behaved server. */
    public void behave() throws IOException {
        send("220 mx.example.org ESMTP\r\n");
        readCommand();
        send(EHLO_WITH_STARTTLS);
        readCommand();
        send("220 2.0.0 Ready to start TLS\r\n");
        finishUnderTls();
    }

    /** Plays the rest of a session as a well-behaved server, from the handshake on. */
    public void finishUnderTls() throws IOException {
        startTls();
        readCommand();
        send("250-mx.example.org\r\n250 SIZE 1000\r\n");
        readCommand();
        send("221 2.0.0 Bye\r\n");
        awaitEnd();
    }

    /** Waits for QUIT, answers it, and reads until the client has closed. */
    public void answerQuit() throws IOException {
        if (readCommand().equals("QUIT\r\n")) send("221 2.0.0 Bye\r\n");
        socket.shutdownOutput();
        awaitEnd();
    }

    // The record, for the test.

    CompletableFuture<ScriptedSession> finished() {
        return finished;
    }

    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** When each command was complete, counted from the start of the session. */
    public List<Duration> commandTimes() {
        return List.copyOf(commandTimes);
    }

    /** All octets that were read without TLS. */
    public String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    public End end() {
        return end;
    }

    public Duration endedAfter() {
        return endedAfter;
    }

    /** Whether the client closed TLS in order before it closed the connection. */
    public boolean sawCloseNotify() {
        return closeNotify;
    }

    private void ended(End how) {
        end = how;
        endedAfter = sinceBegin();
    }

    private Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
