package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;

/** What a check prints: harmless, and short enough for a screen. */
class CheckTextTest extends CheckedScene {

    private static String brief(List<MeasuredServer> servers) {
        var out = new StringWriter();
        new CheckText(new PrintWriter(out), NOW).print(checked(servers), servers, answer(servers));
        return out.toString();
    }

    private static String text(List<MeasuredServer> servers) {
        var out = new StringWriter();
        new CheckDetails(new PrintWriter(out), CHAINS, NOW, true).print(checked(servers), servers, answer(servers));
        return out.toString();
    }

    @Test
    void noControlCharacterOfAServerIsPrinted() {
        HostileText.sequences().stream().gather(Gatherers.windowFixed(10)).forEach(some -> {
            var servers = List.of(
                    server(0, HostileServer.seen(StoredNight.endpoint(0), some)),
                    server(
                            1,
                            Observations.replied(
                                            CallPhase.BANNER,
                                            "554 "
                                                    + HostileText.octets(String.join(" ", some))
                                                            .replaceAll("[\r\n]", ""))
                                    .build()));
            var text = text(servers);
            assertTrue(text.contains("before "), text);
            assertTrue(HostileText.isHarmless(text), () -> Printable.of(text));
            assertTrue(HostileText.isHarmless(brief(servers)), () -> Printable.of(brief(servers)));
            var json = Json.write(CheckJson.of(
                    checked(servers), servers, Answers.of(checked(servers).route(), servers), answer(servers)));
            assertTrue(HostileText.isHarmless(json), () -> Printable.of(json));
        });
    }

    /** Whatever the servers are: five of the longest answers, with certificates, need the most lines. */
    @Test
    void fiveServersFitOnOneScreen() {
        var kinds = List.of(
                HostileServer.seen(StoredNight.endpoint(0), List.of("mx.example.net", "x".repeat(200), "y")),
                Observations.ended(CallPhase.HANDSHAKE, Ending.TLS_FAILURE)
                        .failure(TlsFailure.Detail.ALERT, 40, true, false)
                        .build(),
                weak(TlsVersion.TLS_1_0, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "x").build(),
                Observations.replied(CallPhase.STARTTLS, "454 4.7.0 TLS not available " + "z".repeat(400))
                        .build(),
                Observations.replied(CallPhase.EHLO, Observations.FULL).build(),
                Observations.replied(CallPhase.BANNER, "554 5.7.1 your address is blocked " + "q".repeat(400))
                        .build(),
                good().ehlo(Observations.FULL)
                        .banner(Observations.MASKED_BANNER)
                        .build());
        for (int first = 0; first < kinds.size(); first++) {
            var servers = new ArrayList<MeasuredServer>();
            for (int i = 0; i < 5; i++) servers.add(server(i, kinds.get((first + i) % kinds.size())));
            var lines = brief(servers).lines().toList();
            assertTrue(lines.size() <= 24, () -> lines.size() + " lines:\n" + String.join("\n", lines));
            lines.forEach(line -> assertTrue(line.length() <= 80, line));
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("To do: ")));
        }
    }

    @Test
    void aCertificateIsToldWithItsDatesNameAndIssuer() {
        var text = brief(List.of(server(0, good().build())));
        assertTrue(text.contains("certificate 20"), text);
        assertTrue(text.contains(" days left"), text);
        assertTrue(text.contains("; by "), text);
    }

    private static MeasuredServer notCalled(NotMeasuredReason reason, Optional<Instant> when) {
        return new MeasuredServer(
                new CheckedServer(
                        StoredNight.endpoint(0),
                        10,
                        false,
                        new CheckedServer.Finding.NotMeasured(reason, Optional.of("\u001b[1m"), when)),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static void assertEnds(String end, MeasuredServer server) {
        var text = brief(List.of(server));
        assertTrue(text.endsWith(end + " More: --verbose\n"), text);
        assertTrue(HostileText.isHarmless(text), text);
    }

    @Test
    void anAnswerFromBeforeSaysSo() {
        var seen = server(0, good().build());
        var night = checked(List.of(seen)).night();
        var before = new MeasuredServer(
                new CheckedServer(
                        StoredNight.endpoint(0),
                        10,
                        false,
                        new CheckedServer.Finding.Reused(night, NOW.minusSeconds(7_200), Optional.empty())),
                seen.calls(),
                seen.outcome(),
                seen.decisive());
        var text = brief(List.of(before)).replace("\n", " ");
        assertTrue(
                text.contains("Its server was not called now: what was seen on "
                        + SkipWords.time(NOW.minusSeconds(7_200)) + " (night " + night + ") is shown again."),
                text);
        var both = brief(List.of(before, server(1, good().build()))).replace("\n", " ");
        assertTrue(both.contains("1 of 2 servers was not called now"), both);
        assertFalse(brief(List.of(seen)).contains("not called now"));
    }

    @Test
    void whoWasNeverCalledHasNoSecondLook() {
        var later = Optional.of(NOW.plusSeconds(7_200));
        for (var reason : List.of(NotMeasuredReason.SUSPENDED, NotMeasuredReason.LATER)) {
            var text = brief(List.of(notCalled(reason, later)));
            assertTrue(text.contains("Ask again from "), text);
            assertFalse(text.contains("econd look"), text);
            assertFalse(text(List.of(notCalled(reason, later))).contains("second look"));
        }
        assertEnds("Ask again after the next night.", notCalled(NotMeasuredReason.BUDGET, Optional.empty()));
        assertEnds("Ask again after the next night.", notCalled(NotMeasuredReason.SUSPENDED, Optional.empty()));
        assertEnds("Ask again later.", notCalled(NotMeasuredReason.PLANNED, Optional.empty()));
    }

    @Test
    void aSecondLookThatWasNotPossibleIsDueWhenItIs() {
        var seen = server(0, good().build());
        var wait = NOW.plusSeconds(7_200);
        var server = new MeasuredServer(
                new CheckedServer(
                        StoredNight.endpoint(0),
                        10,
                        false,
                        new CheckedServer.Finding.Reused(
                                checked(List.of(seen)).night(),
                                NOW.minusSeconds(7_200),
                                Optional.of(new CheckedServer.Finding.NotMeasured(
                                        NotMeasuredReason.SUSPENDED, Optional.empty(), Optional.of(wait))))),
                seen.calls(),
                seen.outcome(),
                seen.decisive());
        assertEnds("Second look from %s.".formatted(Moments.of(wait, NOW)), server);
    }
}
