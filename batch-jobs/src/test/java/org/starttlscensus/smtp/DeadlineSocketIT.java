package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;

@DisplayName("A socket with deadlines")
@Timeout(30)
class DeadlineSocketIT {

    /** A server that refuses us often does not wait for our command. Its reason must still be read. */
    @Test
    void readsThePeersLastReplyEvenIfItAcceptsNoMoreOctets() throws Exception {
        var hello = "EHLO census.example.org\r\n".getBytes(StandardCharsets.US_ASCII);
        try (var server = ScriptedMailServer.with(session -> {
                    session.readCommand();
                    session.send("421 bye\r\n").reset();
                });
                var socket = new DeadlineSocket(Deadlines.ordinary())) {
            assertTrue(socket.connect(server.target(), Optional.empty()));
            socket.enter(CallPhase.BANNER);
            socket.output().write(hello);
            server.session();
            socket.output().write(hello);
            assertEquals("421 bye\r\n", new String(socket.input().readNBytes(9), StandardCharsets.US_ASCII));
            assertEquals(-1, socket.input().read());
            assertEquals(Optional.of(Ending.RESET), socket.end());
        }
    }

    /** Session tickets and key updates cost a server nothing, and they are not counted as octets of replies. */
    @Test
    void readsAtMost256KibibytesUnderTls() throws Exception {
        try (var server = ScriptedMailServer.with(session -> {
                    try {
                        while (true) session.send("x".repeat(10_000));
                    } catch (IOException weLeft) {
                        // as expected
                    }
                });
                var socket = new DeadlineSocket(Deadlines.ordinary())) {
            assertTrue(socket.connect(server.target(), Optional.empty()));
            socket.enter(CallPhase.AFTER_TLS);
            assertEquals(256 * 1024, socket.input().readNBytes(256 * 1024).length);
            assertThrows(IOException.class, () -> socket.input().read());
            assertEquals(Optional.of(Ending.TOO_MUCH), socket.end());
        }
    }
}
