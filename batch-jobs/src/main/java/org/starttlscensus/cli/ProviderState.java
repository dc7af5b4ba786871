package org.starttlscensus.cli;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.ProviderWord;

/**
 * Whether a provider is called.
 *
 * @param label   {@code called}, {@code suspended}, {@code left_alone} (for the rest of the night) or {@code paused} (by the operator)
 * @param until   when that ends by itself; empty where it does not, or is not known
 * @param because what led to it, in our words; the operator's reason is in {@code word}
 * @param word    the operator's last word, if there is any
 */
record ProviderState(String label, Optional<Instant> until, Optional<String> because, Optional<ProviderWord> word) {

    static final String CALLED = "called";

    static ProviderState of(Optional<Pace> pace, Optional<ProviderWord> word) {
        if (word.filter(said -> said.kind() == ProviderWord.Kind.PAUSE).isPresent()) {
            return new ProviderState("paused", Optional.empty(), Optional.empty(), word);
        }
        if (pace.filter(Pace::parked).isPresent()) {
            return new ProviderState("left_alone", Optional.empty(), Optional.of("it blocked us"), word);
        }
        return new ProviderState(CALLED, Optional.empty(), Optional.empty(), word);
    }

    boolean isCalled() {
        return label.equals(CALLED);
    }

    /** One line, fit for a terminal: the operator's reason is text that somebody typed. */
    String words() {
        var said = word.map(one -> "; %s by %s at %s%s".formatted(one.kind().label(), Printable.line(one.by()), one.at(),
                one.reason().map(reason -> ": " + Printable.line(reason)).orElse(""))).orElse("");
        return label.replace('_', ' ') + until.map(time -> " until " + time).orElse("") + because.map(why -> ", " + why).orElse("") + said;
    }
}
