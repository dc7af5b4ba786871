package org.starttlscensus.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/** What servers asked for, beyond the night in which they said it. It follows from the contact ledger alone. */
public final class StandingWaits {

    /** None. */
    public static final StandingWaits NONE = new StandingWaits(List.of());

    private final List<StandingWait> lastFirst;
    private final Map<Address, StandingWait> byAddress = new HashMap<>();
    private final Map<String, StandingWait> byProvider = new HashMap<>();

    private StandingWaits(List<StandingWait> lastFirst) {
        this.lastFirst = List.copyOf(lastFirst);
        for (var wait : lastFirst) {
            byAddress.putIfAbsent(wait.address(), wait);
            if (wait.isOfProvider()) byProvider.putIfAbsent(wait.provider(), wait);
        }
    }

    /**
     * Those that stand when this night opens.
     *
     * @param timeScale of the lab; else 1
     */
    public static StandingWaits atOpening(Database database, CensusNight night, double timeScale) {
        return new Nights(database)
                .opened(night)
                .map(row -> read(database, row.openedAt(), row.openedAt(), timeScale))
                .orElse(NONE);
    }

    /** Those that stand at that time, whenever they were said. */
    public static StandingWaits at(Database database, Instant time, double timeScale) {
        return read(database, time, time.plus(Duration.ofDays(1)), timeScale);
    }

    private static StandingWaits read(Database database, Instant time, Instant saidBefore, double timeScale) {
        return new StandingWaits(database.jdbc()
                .sql(Sql.named("wait/standing"))
                .param("at", Times.of(time))
                .param("said_before", Times.of(saidBefore))
                .param("time_scale", timeScale)
                .query((row, _) -> new StandingWait(
                        row.getString("provider"),
                        Address.of(row.getString("address")),
                        row.getBoolean("is_of_provider"),
                        new CensusNight(row.getObject("night", LocalDate.class)),
                        Times.read(row, "asked_at").orElseThrow(),
                        Duration.ofSeconds(row.getLong("stay_away_s")),
                        Times.read(row, "until").orElseThrow(),
                        Optional.ofNullable(row.getString("stay_away_said"))))
                .list());
    }

    /** The one that lasts longest comes first. */
    public List<StandingWait> all() {
        return lastFirst;
    }

    public Optional<StandingWait> ofProvider(String provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }

    public Optional<StandingWait> ofAddress(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** The longest that keeps us from a server. */
    public Optional<StandingWait> of(String provider, Address address) {
        return Stream.concat(ofAddress(address).stream(), ofProvider(provider).stream())
                .max(Comparator.comparing(StandingWait::until));
    }
}
