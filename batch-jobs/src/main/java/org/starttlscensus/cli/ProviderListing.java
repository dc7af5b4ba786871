package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.SeenProvider;

/** What each provider saw of a night, and whether it is called. */
record ProviderListing(CensusNight night, boolean isOver, List<ProviderLine> providerLines) {

    ProviderListing {
        providerLines = List.copyOf(providerLines);
    }

    /** @param suspensions how often it was left alone in that night, for a time or for the rest of it */
    record ProviderLine(SeenProvider seen, int suspensions, ProviderCondition state) {

        boolean isRemarkable() {
            return !state.isCalled()
                    || suspensions > 0
                    || seen.leftAlone() > 0
                    || state.override().isPresent();
        }

        String text() {
            return "  %-28s %,9d %,9d %,6d %,6d  %-34s %s"
                    .formatted(
                            Printable.peer(seen.provider(), 60),
                            seen.servers(),
                            seen.calls(),
                            seen.open(),
                            seen.leftAlone(),
                            state.words() + (suspensions > 0 ? ", %d suspensions".formatted(suspensions) : ""),
                            seen.answers().entrySet().stream()
                                    .map(answer -> "%s %,d".formatted(answer.getKey(), answer.getValue()))
                                    .collect(Collectors.joining(", ")))
                    .stripTrailing();
        }
    }

    /** A provider that is not in the plan, but that the operator has paused or resumed, has a line as well. */
    static ProviderListing of(NightRow night, List<SeenProvider> seen, ProviderPaces paces, OperatorOverrides stored) {
        var overrides = stored.latest();
        var blocked = stored.blockedSince();
        Map<String, OperatorOverride> byProvider = new HashMap<>();
        overrides.forEach(override -> byProvider.put(override.provider(), override));
        var providerLines = new ArrayList<ProviderLine>();
        for (var provider : seen) providerLines.add(line(provider, paces, night, blocked, byProvider));
        var planned = seen.stream().map(SeenProvider::provider).collect(Collectors.toSet());
        overrides.stream()
                .filter(override -> !planned.contains(override.provider()))
                .forEach(override -> providerLines.add(
                        line(SeenProvider.none(override.provider()), paces, night, blocked, byProvider)));
        return new ProviderListing(night.night(), night.completedAt().isPresent(), providerLines);
    }

    private static ProviderLine line(
            SeenProvider seen,
            ProviderPaces paces,
            NightRow night,
            Map<String, CensusNight> blocked,
            Map<String, OperatorOverride> overrides) {
        return new ProviderLine(
                seen,
                paces.suspensions().getOrDefault(seen.provider(), 0),
                ProviderCondition.of(
                        paces.pace(seen.provider()),
                        night.completedAt().isPresent(),
                        Optional.ofNullable(blocked.get(seen.provider())),
                        Optional.ofNullable(overrides.get(seen.provider()))));
    }

    /** The remarkable ones first, then at most {@code others} of the rest. */
    ProviderListing mostRemarkable(int others) {
        var usual = new ArrayList<>(providerLines.stream()
                .filter(providerLine -> !providerLine.isRemarkable())
                .limit(others)
                .toList());
        usual.addAll(providerLines.stream().filter(ProviderLine::isRemarkable).toList());
        usual.sort(Comparator.comparing(providerLine -> !providerLine.isRemarkable()));
        return new ProviderListing(night, isOver, usual);
    }
}
