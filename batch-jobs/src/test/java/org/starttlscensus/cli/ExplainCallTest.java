package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.TrustStore;

/** The text of one call. It is tested without {@link TerminalWriter}, which would hide a missing escape. */
class ExplainCallTest {

    private static final Optional<ChainJudge> CHAINS = Optional.of(new ChainJudge(TrustStore.mozilla()));

    @Test
    void noTextOfAPeerControlsTheTerminalOrLeavesItsLine() {
        for (var sequence : HostileText.sequences()) {
            var printed = printed(HostileServer.seen(StoredNight.endpoint(0), List.of(sequence)));
            assertTrue(HostileText.isHarmless(printed), () -> Printable.of(printed));
            assertTrue(printed.contains("220-before ") && printed.contains("CN=before "), printed);
            assertTrue(
                    printed.lines()
                            .skip(1)
                            .allMatch(line ->
                                    line.isEmpty() || line.startsWith("  attempt 1") || line.startsWith("    ")),
                    printed);
        }
    }

    @Test
    void aLongReplyIsCutAndSaysSo() {
        var printed = printed(HostileServer.seen(StoredNight.endpoint(0), List.of("x".repeat(5_000))));
        assertTrue(printed.length() < 7_000, printed);
        assertTrue(printed.contains("octets in all)") && printed.contains("more)"), printed);
    }

    @Test
    void aPermitWithoutACallSaysWhatIsKnown() {
        assertTrue(printed(Optional.empty(), Optional.empty()).contains("no result is stored"));
        assertTrue(printed(Optional.of("abandoned"), Optional.empty()).contains("our program was stopped"));
        assertFalse(printed(Optional.of("not_dialled"), Optional.empty()).contains("class"));
    }

    /** "To be called again" below a verdict made readers wait for a call that nobody was to make. */
    @Test
    void theLastCallOfANightThatIsOverIsNotToBeRepeated() {
        var calls = List.of(due(1), due(2));
        var over = new StringWriter();
        new ExplainCall(new PrintWriter(over), CHAINS).printAll(calls, true);
        var first = over.toString().indexOf("then         to be called again, not before 2026-11-23T22:30:00Z");
        var second = over.toString().indexOf("then         not called again: the night made no call");
        assertTrue(first > 0 && second > first, over::toString);
        assertEquals(first, over.toString().lastIndexOf("then         to be called again"), over::toString);
        var underWay = new StringWriter();
        new ExplainCall(new PrintWriter(underWay), CHAINS).printAll(calls, false);
        assertTrue(underWay.toString().contains("if the night lasts until then"), underWay::toString);
    }

    private static ExplainedServer.ExplainedCall due(int attempt) {
        return new ExplainedServer.ExplainedCall(
                attempt,
                attempt,
                false,
                Instant.parse("2026-11-23T22:00:00Z"),
                Optional.of(PermitSignal.of("no_starttls")),
                Optional.empty(),
                Optional.of(Instant.parse("2026-11-23T22:30:00Z")),
                Optional.empty(),
                ProbeKind.STANDARD,
                Optional.empty());
    }

    private static String printed(Observation seen) {
        return printed(Optional.of("ok"), Optional.of(seen));
    }

    private static String printed(Optional<String> signal, Optional<Observation> seen) {
        var out = new StringWriter();
        var call = new ExplainedServer.ExplainedCall(
                7,
                1,
                false,
                Instant.parse("2026-11-23T22:00:00Z"),
                signal.map(PermitSignal::of),
                Optional.empty(),
                Optional.empty(),
                seen,
                ProbeKind.STANDARD,
                Optional.empty());
        new ExplainCall(new PrintWriter(out), CHAINS).print(call, ExplainCall.Sequel.AWAITED);
        return out.toString();
    }
}
