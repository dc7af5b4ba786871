package org.starttlscensus.verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a chain is worth by one trust store, at any time: nothing but dates makes its verdict change. So a chain that a
 * million calls showed is judged once.
 *
 * @param spans in order, without a gap; the first holds since ever and the last for ever
 */
public record ChainJudgement(List<Span> spans) {

    /** @param from when it begins to hold, in whole microseconds; {@link Instant#MIN} of the first one */
    public record Span(Instant from, ChainVerdict verdict) {}

    public ChainJudgement {
        spans = List.copyOf(spans);
        if (spans.isEmpty() || !spans.getFirst().from.equals(Instant.MIN)) {
            throw new IllegalArgumentException("a judgement holds at any time");
        }
    }

    static ChainJudgement always(ChainVerdict verdict) {
        return new ChainJudgement(List.of(new Span(Instant.MIN, verdict)));
    }

    /** @param moments when the verdict may change */
    static ChainJudgement of(Stream<Instant> moments, Function<Instant, ChainVerdict> verdicts) {
        var spans = new ArrayList<Span>();
        var ordered = new TreeSet<Instant>(List.of(Instant.MIN));
        moments.forEach(ordered::add);
        for (var moment : ordered) {
            var verdict = verdicts.apply(moment);
            if (spans.isEmpty() || !spans.getLast().verdict.equals(verdict)) spans.add(new Span(moment, verdict));
        }
        return new ChainJudgement(spans);
    }

    public ChainVerdict at(Instant time) {
        var moment = time.truncatedTo(ChronoUnit.MICROS);
        return spans.reversed().stream()
                .filter(span -> !span.from.isAfter(moment))
                .findFirst()
                .orElseThrow()
                .verdict;
    }
}
