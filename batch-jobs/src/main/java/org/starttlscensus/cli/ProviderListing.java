package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.Paces.AddressPace;
import org.starttlscensus.fact.Address;
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

    /**
     * An address that is charged with its own refusals, and was or is left alone.
     *
     * @param suspensions how often it was left alone in that night
     */
    record AddressLine(Address address, int suspensions, ProviderCondition state) {

        boolean isRemarkable() {
            return !state.isCalled() || suspensions > 0 || state.because().isPresent();
        }

        String text() {
            return "    %-26s %s%s".formatted(address, state.words(), suspended(suspensions));
        }
    }

    private static String suspended(int suspensions) {
        return suspensions > 0 ? ", %d suspensions".formatted(suspensions) : "";
    }

    /**
     * @param suspensions how often it was left alone in that night, for a time or for the rest of it
     * @param addresses   those of its addresses that were or are left alone themselves
     */
    record ProviderLine(SeenProvider seen, int suspensions, ProviderCondition state, List<AddressLine> addresses) {

        ProviderLine {
            addresses = List.copyOf(addresses);
        }

        boolean isRemarkable() {
            return !state.isCalled()
                    || suspensions > 0
                    || !addresses.isEmpty()
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
                            state.words() + suspended(suspensions),
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
        var addresses = addresses(night, paces, stored);
        var providerLines = new ArrayList<ProviderLine>();
        for (var provider : seen) providerLines.add(line(provider, paces, night, blocked, byProvider, addresses));
        var planned = seen.stream().map(SeenProvider::provider).collect(Collectors.toSet());
        overrides.stream()
                .filter(override -> !planned.contains(override.provider()))
                .forEach(override -> providerLines.add(
                        line(SeenProvider.none(override.provider()), paces, night, blocked, byProvider, addresses)));
        return new ProviderListing(night.night(), night.completedAt().isPresent(), providerLines);
    }

    private static ProviderLine line(
            SeenProvider seen,
            ProviderPaces paces,
            NightRow night,
            Map<String, CensusNight> blocked,
            Map<String, OperatorOverride> overrides,
            Map<String, List<AddressLine>> addresses) {
        return new ProviderLine(
                seen,
                paces.suspensions().getOrDefault(seen.provider(), 0),
                ProviderCondition.of(
                        paces.pace(seen.provider()),
                        night.completedAt().isPresent(),
                        Optional.ofNullable(blocked.get(seen.provider())),
                        Optional.ofNullable(overrides.get(seen.provider()))),
                addresses.getOrDefault(seen.provider(), List.of()));
    }

    /** By provider: the addresses that were or are left alone for what they answered themselves. */
    private static Map<String, List<AddressLine>> addresses(
            NightRow night, ProviderPaces paces, OperatorOverrides stored) {
        Map<Address, String> providers = new TreeMap<>();
        Map<Address, CensusNight> since = new HashMap<>();
        stored.blockedAddresses().forEach(blocked -> {
            providers.put(blocked.address(), blocked.provider());
            since.put(blocked.address(), blocked.since());
        });
        paces.addresses().forEach((address, one) -> providers.put(address, one.provider()));
        Map<String, List<AddressLine>> lines = new HashMap<>();
        providers.forEach((address, provider) -> {
            var pace = Optional.ofNullable(paces.addresses().get(address));
            var line = new AddressLine(
                    address,
                    pace.map(AddressPace::suspensions).orElse(0),
                    ProviderCondition.of(
                            pace.map(AddressPace::pace),
                            night.completedAt().isPresent(),
                            Optional.ofNullable(since.get(address)),
                            Optional.empty()));
            if (line.isRemarkable())
                lines.computeIfAbsent(provider, _ -> new ArrayList<>()).add(line);
        });
        return lines;
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
