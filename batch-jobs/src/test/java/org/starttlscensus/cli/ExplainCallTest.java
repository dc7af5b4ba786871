package org.starttlscensus.cli;

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
        new ExplainCall(new PrintWriter(out), CHAINS).print(call);
        return out.toString();
    }
}
