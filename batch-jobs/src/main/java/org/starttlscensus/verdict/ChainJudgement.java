package org.starttlscensus.verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The verdicts on a chain by one trust store, for all times. Only dates change a verdict, so a chain that a million
 * calls received is judged once.
 *
 * @param spans in ascending order, without gaps; the first has no beginning and the last has no end
 */
public record ChainJudgement(List<Span> spans) {

    /** @param from when the verdict begins to hold, in whole microseconds; {@link Instant#MIN} for the first span */
    public record Span(Instant from, ChainVerdict verdict) {}

    public ChainJudgement {
        spans = List.copyOf(spans);
        if (spans.isEmpty() || !spans.getFirst().from.equals(Instant.MIN)) {
            throw new IllegalArgumentException("the first span of a judgement must begin at Instant.MIN");
        }
    }

    static ChainJudgement always(ChainVerdict verdict) {
        return new ChainJudgement(List.of(new Span(Instant.MIN, verdict)));
    }

    /** @param moments the times at which the verdict may change */
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
