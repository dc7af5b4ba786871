package org.starttlscensus.lab;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.tls.TlsException;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.starttlscensus.lab.Session.SessionEnding;
import org.starttlscensus.lab.Session.TlsHandshake;

/** Serves one session, from accept to the last FIN, by the script of the server's behavior. */
final class LabSession {

    private static final int MOST_COMMANDS = 20;
    private static final int PIECE = 7;
    /** The TCP payload of one Ethernet packet: 1,500 octets without the headers of IPv4 and TCP. */
    private static final int PACKET = 1_460;

    private static final Duration BETWEEN_PIECES = Duration.ofMillis(5);
    private static final String EHLO_UNDER_TLS = "250-{host}\n250-ENHANCEDSTATUSCODES\n250 8BITMIME";

    private final Socket socket;
    private final Script script;
    private final List<String> names;
    private final LabServer.LabEnvironment environment;
    private final SessionRecorder recorder;
    private final LabConnection connection;

    LabSession(
            Socket socket,
            Script script,
            List<String> names,
            LabServer.LabEnvironment environment,
            SessionRecorder recorder)
            throws IOException {
        this.socket = socket;
        this.script = script;
        this.names = names;
        this.environment = environment;
        this.recorder = recorder;
        this.connection = new LabConnection(socket, names.getFirst(), environment.lifetime());
    }

    /** @param refusal sent instead of the greeting */
    void serve(Optional<String> refusal) throws IOException {
        try {
            open(refusal);
        } catch (SocketTimeoutException over) {
            recorder.ended(SessionEnding.OUT_OF_TIME);
        } catch (EOFException gone) {
            recorder.ended(SessionEnding.CLIENT_CLOSED);
        } catch (TlsException gone) {
            recorder.ended(SessionEnding.CLIENT_CLOSED);
        } catch (SocketException broken) {
            recorder.ended(socket.isClosed() ? SessionEnding.OUT_OF_TIME : SessionEnding.CLIENT_RESET);
        }
    }

    private void open(Optional<String> refusal) throws IOException {
        switch (script.opening()) {
            case Opening.NoListener _ -> throw new IllegalStateException("there is no listener, so no connection");
            case Opening.Reset _ -> {
                recorder.ended(SessionEnding.SERVER_CLOSED);
                socket.setSoLinger(true, 0);
            }
            case Opening.Close _ -> hangUp(SessionEnding.SERVER_CLOSED);
            case Opening.Silence _ -> connection.listen(environment.lifetime(), this::countEarlyOctet);
            case Opening.Drip(var reply, var perOctet) -> {
                connection.sendInPieces(reply, 1, environment.scaled(perOctet), this::countEarlyOctet);
                recorder.greeted();
                converse(true);
            }
            case Opening.Greeting greeting
            when refusal.isPresent() ->
                greet(new Opening.Greeting("", Duration.ZERO, refusal.get(), greeting.hangsUp()));
            case Opening.Greeting greeting -> greet(greeting);
        }
    }

    private void greet(Opening.Greeting greeting) throws IOException {
        if (!greeting.teaser().isEmpty()) connection.send(greeting.teaser());
        connection.listen(environment.scaled(greeting.delay()), this::countEarlyOctet);
        recorder.beforeGreeting(connection.waiting());
        if (recorder.octetsBeforeGreeting() > 0) {
            connection.send("554 SMTP synchronization error");
            hangUp(SessionEnding.SERVER_CLOSED);
            return;
        }
        send(greeting.reply());
        recorder.greeted();
        if (greeting.hangsUp()) {
            hangUp(SessionEnding.SERVER_CLOSED);
            return;
        }
        converse(greeting.reply().startsWith("2"));
    }

    private void countEarlyOctet() {
        recorder.beforeGreeting(1);
    }

    /** Answers commands until QUIT, or until one side closes. */
    private void converse(boolean serves) throws IOException {
        while (true) {
            var verb = readVerb();
            if (recorder.commandsInAll() > MOST_COMMANDS) {
                connection.send("421 4.7.0 {host} Too many commands");
                hangUp(SessionEnding.SERVER_CLOSED);
                return;
            }
            if (verb.equals("QUIT")) {
                connection.send("221 2.0.0 {host} Bye");
                hangUp(SessionEnding.QUIT);
                return;
            }
            if (!serves) {
                connection.send("554 5.5.1 Error: no valid service here");
                continue;
            }
            var ends = switch (verb) {
                case "EHLO" -> ehlo();
                case "HELO" -> reply(script.helo());
                case "STARTTLS" -> starttls();
                case "NOOP", "RSET" -> reply("250 2.0.0 Ok");
                default ->
                    reply("502 5.5.2 Error: command not recognized"); // a verb is text from the client, not an enum
            };
            if (ends) return;
        }
    }

    private boolean ehlo() throws IOException {
        if (connection.isEncrypted()) return reply(EHLO_UNDER_TLS);
        if (!script.ehlo().isEmpty()) return reply(script.ehlo());
        return hangUp(SessionEnding.SERVER_CLOSED);
    }

    /** Returns whether the session is over. */
    private boolean starttls() throws IOException {
        if (connection.isEncrypted()) return reply("503 5.5.1 Error: TLS already active");
        return switch (script.reaction()) {
            case StartTlsReaction.Refusal(var reply) -> reply(reply);
            case StartTlsReaction.ShakeHands(var offer, var kind) -> {
                connection.send("220 2.0.0 Ready to start TLS");
                yield !shakeHands(offer, kind);
            }
            case StartTlsReaction.InOtherWords(var reply, StartTlsReaction.ShakeHands(var offer, var kind)) -> {
                connection.send(reply);
                yield !shakeHands(offer, kind);
            }
            case StartTlsReaction.OnePacket(StartTlsReaction.ShakeHands(var offer, var kind)) -> {
                connection.send("220 2.0.0 Ready to start TLS");
                if (connection.firstRecordFits(PACKET)) yield !shakeHands(offer, kind);
                recorder.handshake(TlsHandshake.BROKEN_BY_SERVER);
                yield hangUp(SessionEnding.SERVER_CLOSED);
            }
            case StartTlsReaction.HangUp() -> {
                connection.send("220 2.0.0 Ready to start TLS");
                yield hangUp(SessionEnding.SERVER_CLOSED);
            }
            case StartTlsReaction.Injection(var extra) -> {
                connection.send("220 2.0.0 Ready to start TLS\n" + extra);
                connection.drain();
                recorder.ended(SessionEnding.CLIENT_CLOSED);
                yield true;
            }
            case StartTlsReaction.Alert(var description) -> {
                connection.send("220 2.0.0 Ready to start TLS");
                connection.awaitOctet();
                connection.sendRaw(new byte[] {21, 3, 3, 0, 2, 2, (byte) description});
                recorder.handshake(TlsHandshake.BROKEN_BY_SERVER);
                yield hangUp(SessionEnding.SERVER_CLOSED);
            }
        };
    }

    private boolean shakeHands(TlsOffer offer, CertificateKind kind) throws IOException {
        try {
            connection.encrypt(
                    new LabTlsServer(offer, environment.authority().credentials(kind, offer.usesRsa(), names)));
            recorder.handshake(TlsHandshake.FINISHED);
            return true;
        } catch (IOException broken) {
            var byClient = connection.clientFellSilent() || broken instanceof TlsFatalAlertReceived;
            recorder.handshake(byClient ? TlsHandshake.BROKEN_BY_CLIENT : TlsHandshake.BROKEN_BY_SERVER);
            hangUp(byClient ? SessionEnding.CLIENT_CLOSED : SessionEnding.SERVER_CLOSED);
            return false;
        }
    }

    /** Reads the next command and returns its verb. */
    private String readVerb() throws IOException {
        var line = connection.readLine();
        recorder.command(line);
        recorder.outOfTurn(connection.waiting());
        return line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** Sends the reply. Always false: a reply does not end the session. */
    private boolean reply(String reply) throws IOException {
        send(reply);
        return false;
    }

    private void send(String reply) throws IOException {
        if (!script.pieces() || connection.isEncrypted()) {
            connection.send(reply);
            return;
        }
        connection.sendInPieces(reply, PIECE, BETWEEN_PIECES, () -> recorder.outOfTurn(1));
    }

    /** Closes in order and reads until the client closes too, so that no side causes a reset. Always true. */
    private boolean hangUp(SessionEnding ending) throws IOException {
        recorder.ended(ending);
        connection.hangUp();
        connection.readOn(recorder::command);
        return true;
    }
}
