package org.starttlscensus.cli;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.ProviderState;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.StandingWait;

/**
 * Whether a provider is called.
 *
 * @param label    {@code called}, {@code suspended}, {@code left_alone} (for the rest of the night) or {@code paused}
 *                 (by the operator)
 * @param until    when that ends by itself; empty if it does not, or if that is unknown
 * @param because  the cause, in our words; the operator's reason is in {@code override}
 * @param asked    what it asked for beyond the night in which it said so
 * @param override the operator's last override, if any
 */
record ProviderCondition(
        String label,
        Optional<Instant> until,
        Optional<String> because,
        Optional<StandingWait> asked,
        Optional<OperatorOverride> override) {

    static final String CALLED = "called";

    /**
     * @param pace  at the latest point known of the night
     * @param since the night since which it blocks us, if it does so across nights
     */
    static ProviderCondition of(
            Optional<Pace> pace,
            boolean nightIsOver,
            Optional<CensusNight> since,
            Optional<StandingWait> asked,
            Optional<OperatorOverride> override) {
        if (override.filter(last -> last.overrideKind() == OperatorOverride.OverrideKind.PAUSE)
                .isPresent()) {
            return new ProviderCondition("paused", Optional.empty(), Optional.empty(), asked, override);
        }
        var blocked = since.map(night -> "it has refused us since night " + night);
        if (asked.isPresent()) {
            return new ProviderCondition(
                    "suspended",
                    asked.map(StandingWait::until),
                    Optional.of(Stream.concat(asked.map(SkipWords::withNight).stream(), blocked.stream())
                            .collect(Collectors.joining("; "))),
                    asked,
                    override);
        }
        return switch (pace.map(Pace::state).orElseGet(ProviderState.Active::new)) {
            case ProviderState.Excluded(var _, var cause) ->
                new ProviderCondition(
                        "left_alone",
                        Optional.empty(),
                        blocked.or(() -> Optional.of(because(cause))),
                        Optional.empty(),
                        override);
            case ProviderState.BackedOff(var _, var until, var _, var cause)
            when !nightIsOver ->
                new ProviderCondition(
                        "suspended", Optional.of(until), Optional.of(because(cause)), Optional.empty(), override);
            case ProviderState.BackedOff _, ProviderState.Active _ ->
                new ProviderCondition(CALLED, Optional.empty(), blocked, Optional.empty(), override);
        };
    }

    private static String because(Feedback.Signal cause) {
        return "the last answer was " + cause.label().replace('_', ' ');
    }

    boolean isCalled() {
        return label.equals(CALLED);
    }

    /** One line, safe for a terminal: the operator's reason is free text, so it is escaped. */
    String words() {
        var byOperator = override.map(one -> "; %s by %s at %s%s"
                        .formatted(
                                one.overrideKind().label(),
                                Printable.line(one.by()),
                                one.at(),
                                one.reason()
                                        .map(reason -> ": " + Printable.line(reason))
                                        .orElse("")))
                .orElse("");
        var state = switch (label) {
            case "left_alone" -> "not called for the rest of this night";
            case "suspended" ->
                "not called"
                        + until.map(time -> " until " + SkipWords.time(time)).orElse("");
            default -> label;
        };
        return state + because.map(why -> ", " + why).orElse("") + byOperator;
    }
}
