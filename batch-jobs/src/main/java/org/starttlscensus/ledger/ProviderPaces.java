package org.starttlscensus.ledger;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.Standing;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.PastPermit;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ProviderWord;
import org.starttlscensus.store.ProviderWords;
import org.starttlscensus.store.Standings;

/** The pace of every provider of a night, folded from its permits as the dispatcher folds them: for those who only look. */
public final class ProviderPaces {

    private final Limits limits;
    private final Map<Long, String> providers = new HashMap<>();
    private final Map<String, Pace> paces = new HashMap<>();
    private final Map<String, Integer> suspensions = new HashMap<>();
    private final ArrayDeque<ProviderWord> resumed = new ArrayDeque<>();

    private final Set<String> returning;

    private ProviderPaces(Limits limits, Set<String> returning) {
        this.limits = limits;
        this.returning = returning;
    }

    public static ProviderPaces of(Database database, CensusNight night, Limits limits) {
        var paces = new ProviderPaces(limits, new Standings(database).blockedBefore(night));
        try (var permits = new Permits(database).ofNight(night)) {
            new Plans(database).toCall(night, call -> paces.providers.put(call.endpointId(), call.provider()));
            new ProviderWords(database).after(0).stream().filter(word -> word.kind() == ProviderWord.Kind.RESUME).forEach(paces.resumed::add);
            permits.forEach(paces::past);
        }
        paces.resumed.forEach(word -> paces.paces.remove(word.provider()));
        return paces;
    }

    /** As it stands behind the last call that is over; empty for a provider that nothing was heard of. */
    public Optional<Pace> pace(String provider) {
        return Optional.ofNullable(paces.get(provider));
    }

    /** Of every provider that anything was heard of. */
    public Map<String, Pace> all() {
        return Collections.unmodifiableMap(paces);
    }

    /** How often each provider was left alone for a while, or for the rest of the night; those that never were are not in it. */
    public Map<String, Integer> suspensions() {
        return Collections.unmodifiableMap(suspensions);
    }

    private void past(PastPermit permit) {
        if (!(permit instanceof PastPermit.Ended ended)) return;
        var provider = providers.get(ended.endpointId());
        if (provider == null || ended.startedAt().isEmpty()) return;
        while (!resumed.isEmpty() && resumed.peek().at().isBefore(ended.endedAt())) paces.remove(resumed.poll().provider());
        if (ended.reception().isEmpty()) return;
        var before = paces.computeIfAbsent(provider, name -> returning.contains(name) ? Pace.returning(limits, name) : Pace.starting(limits, name));
        var call = new Pace.Heard(ended.endpointId(), ended.reception().get(), ended.startedAt().get(), ended.endedAt());
        var after = before.after(call);
        if (isLeftAloneBy(call, before.standing(), after.standing())) suspensions.merge(provider, 1, Integer::sum);
        paces.put(provider, after);
    }

    /** A call that was under way when its provider was suspended only lengthens that. */
    private static boolean isLeftAloneBy(Pace.Heard call, Standing before, Standing after) {
        return switch (after) {
            case Standing.Open _ -> false;
            case Standing.Parked _ -> !(before instanceof Standing.Parked);
            case Standing.Suspended now -> switch (before) {
                case Standing.Open _ -> true;
                case Standing.Parked _ -> false;
                case Standing.Suspended earlier -> !earlier.equals(now) && !call.startedAt().isBefore(earlier.until());
            };
        };
    }
}
