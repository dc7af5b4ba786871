package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.dns.ResolverTrial.BrokenAnswer;
import org.starttlscensus.dns.ResolverTrial.SignedAnswer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Resolvers as they are found behind home routers and in clouds. */
class ResolverTrialIT {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** What a scripted resolver does with signatures. */
    enum Habit {
        VALIDATES,
        ONLY_FORWARDS,
        STRIPS,
        /** Validates all but some zones. */
        EXEMPTS,
        /** Fails for everything but the root. */
        FAILS,
        BABBLES,
        SILENT
    }

    private static final class ScriptedResolver implements AutoCloseable {

        private final Habit habit;
        private final DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        private final AtomicInteger queries = new AtomicInteger();
        private final Thread thread;

        ScriptedResolver(Habit habit) throws IOException {
            this.habit = habit;
            this.thread = Thread.ofVirtual().start(this::serve);
        }

        InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        private void serve() {
            var packet = new DatagramPacket(new byte[4_096], 4_096);
            while (!socket.isClosed()) {
                try {
                    packet.setLength(4_096);
                    socket.receive(packet);
                    queries.incrementAndGet();
                    if (habit == Habit.SILENT) continue;
                    var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                    var octets = habit == Habit.BABBLES
                            ? babble(query)
                            : answer(query).toWire();
                    socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static byte[] babble(Message query) {
            var id = query.getHeader().getID();
            return new byte[] {(byte) (id >> 8), (byte) id, (byte) 0x81, 1, 0, 1, 0, 1};
        }

        private Message answer(Message query) throws IOException {
            var question = query.getQuestion();
            var answer = new Message(query.getHeader().getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.getHeader().setFlag(Flags.RA);
            answer.addRecord(question, Section.QUESTION);
            var checks = !query.getHeader().getFlag(Flags.CD);
            if (question.getType() == Type.A) {
                var refuses = habit == Habit.FAILS || (habit == Habit.VALIDATES && checks);
                if (refuses) answer.getHeader().setRcode(Rcode.SERVFAIL);
                else
                    answer.addRecord(
                            new ARecord(question.getName(), DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1")),
                            Section.ANSWER);
                return answer;
            }
            answer.addRecord(
                    new SOARecord(Name.root, DClass.IN, 60, Name.root, Name.root, 1, 60, 60, 60, 60), Section.ANSWER);
            if (habit != Habit.STRIPS)
                answer.addRecord(
                        new RRSIGRecord(
                                Name.root,
                                DClass.IN,
                                60,
                                Type.SOA,
                                DNSSEC.Algorithm.ECDSAP256SHA256,
                                60,
                                Instant.ofEpochSecond(2_000_000_000),
                                Instant.EPOCH,
                                1,
                                Name.root,
                                new byte[64]),
                        Section.ANSWER);
            if (habit == Habit.VALIDATES || habit == Habit.EXEMPTS || habit == Habit.FAILS)
                answer.getHeader().setFlag(Flags.AD);
            return answer;
        }

        @Override
        public void close() throws InterruptedException {
            socket.close();
            thread.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VALIDATES,     VALIDATED,   REJECTED",
        "ONLY_FORWARDS, ONLY_SIGNED, ACCEPTED",
        "STRIPS,        STRIPPED,    ACCEPTED",
        "EXEMPTS,       VALIDATED,   ACCEPTED",
        "FAILS,         VALIDATED,   NOT_KNOWN",
        "BABBLES,       NONE,        NOT_KNOWN",
        "SILENT,        NONE,        NOT_KNOWN"
    })
    void isToldByItsAnswers(Habit habit, SignedAnswer signed, BrokenAnswer broken) throws Exception {
        try (var resolver = new ScriptedResolver(habit)) {
            assertEquals(new ResolverTrial(signed, broken), ResolverTrial.of(resolver.address(), TIMEOUT));
        }
    }

    @Test
    void eachThingIsAskedOnce() throws Exception {
        try (var resolver = new ScriptedResolver(Habit.VALIDATES)) {
            ResolverTrial.of(resolver.address(), TIMEOUT);
            assertEquals(3, resolver.queries.get());
        }
    }
}
