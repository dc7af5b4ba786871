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
import org.starttlscensus.lab.Session.Parting;
import org.starttlscensus.lab.Session.TlsHandshake;

/** One visit, from accept to the last FIN, by the script of the server's manner. */
final class LabSession {

    private static final int MOST_COMMANDS = 20;
    private static final int PIECE = 7;
    /** What an Ethernet packet brings: 1,500 octets without the headers of IPv4 and TCP. */
    private static final int PACKET = 1_460;

    private static final Duration BETWEEN_PIECES = Duration.ofMillis(5);
    private static final String EHLO_UNDER_TLS = "250-{host}\n250-ENHANCEDSTATUSCODES\n250 8BITMIME";

    private final Socket socket;
    private final Script script;
    private final List<String> names;
    private final LabServer.Circumstances circumstances;
    private final SessionRecorder notes;
    private final LabConnection connection;

    LabSession(
            Socket socket,
            Script script,
            List<String> names,
            LabServer.Circumstances circumstances,
            SessionRecorder notes)
            throws IOException {
        this.socket = socket;
        this.script = script;
        this.names = names;
        this.circumstances = circumstances;
        this.notes = notes;
        this.connection = new LabConnection(socket, names.getFirst(), circumstances.lifetime());
    }

    /** @param turnedAway what the caller is told instead of the greeting */
    void serve(Optional<String> turnedAway) throws IOException {
        try {
            open(turnedAway);
        } catch (SocketTimeoutException over) {
            notes.parting(Parting.OUT_OF_TIME);
        } catch (EOFException gone) {
            notes.parting(Parting.CLIENT_CLOSED);
        } catch (TlsException gone) {
            notes.parting(Parting.CLIENT_CLOSED);
        } catch (SocketException broken) {
            notes.parting(socket.isClosed() ? Parting.OUT_OF_TIME : Parting.CLIENT_RESET);
        }
    }

    private void open(Optional<String> turnedAway) throws IOException {
        switch (script.opening()) {
            case Opening.NoListener _ -> throw new IllegalStateException("nobody listens, so nobody accepts");
            case Opening.Reset _ -> {
                notes.parting(Parting.SERVER_CLOSED);
                socket.setSoLinger(true, 0);
            }
            case Opening.Close _ -> hangUp(Parting.SERVER_CLOSED);
            case Opening.Silence _ -> connection.listen(circumstances.lifetime(), this::heardEarly);
            case Opening.Drip(var reply, var perOctet) -> {
                connection.sayInPieces(reply, 1, circumstances.scaled(perOctet), this::heardEarly);
                notes.greeted();
                converse(true);
            }
            case Opening.Greeting greeting
            when turnedAway.isPresent() ->
                greet(new Opening.Greeting("", Duration.ZERO, turnedAway.get(), greeting.hangsUp()));
            case Opening.Greeting greeting -> greet(greeting);
        }
    }

    private void greet(Opening.Greeting greeting) throws IOException {
        if (!greeting.teaser().isEmpty()) connection.say(greeting.teaser());
        connection.listen(circumstances.scaled(greeting.delay()), this::heardEarly);
        notes.beforeGreeting(connection.waiting());
        if (notes.octetsBeforeGreeting() > 0) {
            connection.say("554 SMTP synchronization error");
            hangUp(Parting.SERVER_CLOSED);
            return;
        }
        say(greeting.reply());
        notes.greeted();
        if (greeting.hangsUp()) {
            hangUp(Parting.SERVER_CLOSED);
            return;
        }
        converse(greeting.reply().startsWith("2"));
    }

    private void heardEarly() {
        notes.beforeGreeting(1);
    }

    /** Until QUIT, a hang-up, or the client's leaving. */
    private void converse(boolean welcome) throws IOException {
        while (true) {
            var verb = hear();
            if (notes.commandsInAll() > MOST_COMMANDS) {
                connection.say("421 4.7.0 {host} Too many commands");
                hangUp(Parting.SERVER_CLOSED);
                return;
            }
            if (verb.equals("QUIT")) {
                connection.say("221 2.0.0 {host} Bye");
                hangUp(Parting.QUIT);
                return;
            }
            if (!welcome) {
                connection.say("554 5.5.1 Error: no valid service here");
                continue;
            }
            var ends = switch (verb) {
                case "EHLO" -> ehlo();
                case "HELO" -> said(script.helo());
                case "STARTTLS" -> starttls();
                case "NOOP", "RSET" -> said("250 2.0.0 Ok");
                default ->
                    said("502 5.5.2 Error: command not recognized"); // verbs are the client's words, no enum of ours
            };
            if (ends) return;
        }
    }

    private boolean ehlo() throws IOException {
        if (connection.isEncrypted()) return said(EHLO_UNDER_TLS);
        if (!script.ehlo().isEmpty()) return said(script.ehlo());
        return hangUp(Parting.SERVER_CLOSED);
    }

    /** Whether the conversation is over. */
    private boolean starttls() throws IOException {
        if (connection.isEncrypted()) return said("503 5.5.1 Error: TLS already active");
        return switch (script.startTlsReaction()) {
            case StartTlsReaction.Refusal(var reply) -> said(reply);
            case StartTlsReaction.ShakeHands(var offer, var certificateKind) -> {
                connection.say("220 2.0.0 Ready to start TLS");
                yield !shakeHands(offer, certificateKind);
            }
            case StartTlsReaction.OnePacket(StartTlsReaction.ShakeHands(var offer, var certificateKind)) -> {
                connection.say("220 2.0.0 Ready to start TLS");
                if (connection.firstRecordFits(PACKET)) yield !shakeHands(offer, certificateKind);
                notes.handshake(TlsHandshake.BROKEN_BY_SERVER);
                yield hangUp(Parting.SERVER_CLOSED);
            }
            case StartTlsReaction.HangUp() -> {
                connection.say("220 2.0.0 Ready to start TLS");
                yield hangUp(Parting.SERVER_CLOSED);
            }
            case StartTlsReaction.Injection(var behind) -> {
                connection.say("220 2.0.0 Ready to start TLS\n" + behind);
                connection.drain();
                notes.parting(Parting.CLIENT_CLOSED);
                yield true;
            }
            case StartTlsReaction.Alert(var description) -> {
                connection.say("220 2.0.0 Ready to start TLS");
                connection.awaitOctet();
                connection.sayRaw(new byte[] {21, 3, 3, 0, 2, 2, (byte) description});
                notes.handshake(TlsHandshake.BROKEN_BY_SERVER);
                yield hangUp(Parting.SERVER_CLOSED);
            }
        };
    }

    private boolean shakeHands(TlsOffer offer, CertificateKind certificateKind) throws IOException {
        try {
            connection.encrypt(
                    new LabTlsServer(offer, circumstances.authority().papers(certificateKind, offer.usesRsa(), names)));
            notes.handshake(TlsHandshake.FINISHED);
            return true;
        } catch (IOException broken) {
            var theirs = connection.clientFellSilent() || broken instanceof TlsFatalAlertReceived;
            notes.handshake(theirs ? TlsHandshake.BROKEN_BY_CLIENT : TlsHandshake.BROKEN_BY_SERVER);
            hangUp(theirs ? Parting.CLIENT_CLOSED : Parting.SERVER_CLOSED);
            return false;
        }
    }

    /** The verb of the next command. */
    private String hear() throws IOException {
        var line = connection.readLine();
        notes.command(line);
        notes.outOfTurn(connection.waiting());
        return line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    }

    /** Always false: a reply does not end the conversation. */
    private boolean said(String reply) throws IOException {
        say(reply);
        return false;
    }

    private void say(String reply) throws IOException {
        if (!script.pieces() || connection.isEncrypted()) {
            connection.say(reply);
            return;
        }
        connection.sayInPieces(reply, PIECE, BETWEEN_PIECES, () -> notes.outOfTurn(1));
    }

    /** Closes in order and stays until the client has closed too, so that nobody's last words become a reset. Always true. */
    private boolean hangUp(Parting parting) throws IOException {
        notes.parting(parting);
        connection.hangUp();
        connection.readOn(notes::command);
        return true;
    }
}
