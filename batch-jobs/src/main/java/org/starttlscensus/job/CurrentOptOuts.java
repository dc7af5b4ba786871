package org.starttlscensus.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.names.Network;
import org.starttlscensus.names.OptOutGate;
import org.starttlscensus.names.OptOutRegister;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.LabSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.Outage;

/**
 * The register of opt-outs as it is now, read again by whoever asks when the last reading is older than
 * {@link #INTERVAL}. Mostly that is one short query which says that nothing has changed. Thread-safe.
 *
 * <p>No permit is committed for who opted out before, so this is for the permits that were committed a moment earlier.
 */
public final class CurrentOptOuts implements OptOutGate {

    /** Six readings in the minute in which an opt-out must be obeyed (docs/politeness.md). A lab scales it. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final OptOuts optOuts;
    private final InstantSource clock;
    private final Duration interval;
    private Instant askAgainAt = Instant.MIN;
    private String stamp = "";
    private OptOutRegister register = OptOutRegister.EMPTY;
    private Optional<RegisterState> known = Optional.empty();

    CurrentOptOuts(OptOuts optOuts, InstantSource clock, Duration interval) {
        this.optOuts = optOuts;
        this.clock = clock;
        this.interval = interval;
    }

    public static CurrentOptOuts of(Database database, CensusSettings settings, InstantSource clock) {
        var scale = settings.lab().map(LabSettings::timeScale).orElse(1.0);
        var scaled = Duration.ofNanos((long) (INTERVAL.toNanos() * scale));
        return new CurrentOptOuts(new OptOuts(database), clock, scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled);
    }

    /** The register of this moment. */
    public static OptOutRegister read(OptOuts optOuts) {
        var subjects = optOuts.register();
        return new OptOutRegister(
                subjects.stream().flatMap(subject -> subject.name().stream()).collect(Collectors.toSet()),
                subjects.stream()
                        .map(OptOutSubject::network)
                        .flatMap(Optional::stream)
                        .map(Network::of)
                        .collect(Collectors.toSet()));
    }

    @Override
    public synchronized RegisterState known() {
        var now = clock.instant();
        if (known.isEmpty() || !now.isBefore(askAgainAt)) {
            var read = readAgain();
            known = Optional.of(read);
            askAgainAt = now.plus(read instanceof RegisterState.Unreadable ? SHORTEST : interval);
        }
        return known.get();
    }

    private RegisterState readAgain() {
        try {
            var seen = optOuts.stamp(); // before the register: what is added between them is read again next time
            if (!seen.equals(stamp)) {
                register = read(optOuts);
                stamp = seen;
            }
            return new RegisterState.Register(register);
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return new RegisterState.Unreadable();
        }
    }
}
