package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.Paces.AddressPace;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.SeenProvider;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.store.StandingWaits;

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
        return switch (suspensions) {
            case 0 -> "";
            case 1 -> ", left out once for a while";
            default -> ", left out %,d times for a while".formatted(suspensions);
        };
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

    /**
     * A provider that is not in the plan has a line as well, if the operator has paused or resumed it, or if it or
     * one of its addresses is left alone.
     */
    static ProviderListing of(
            NightRow night,
            List<SeenProvider> seen,
            ProviderPaces paces,
            OperatorOverrides stored,
            StandingWaits waits) {
        var overrides = stored.latest();
        var blocked = stored.blockedSince();
        Map<String, OperatorOverride> byProvider = new HashMap<>();
        overrides.forEach(override -> byProvider.put(override.provider(), override));
        var addresses = addresses(night, paces, stored, waits);
        var providerLines = new ArrayList<ProviderLine>();
        for (var provider : seen)
            providerLines.add(line(provider, paces, night, blocked, byProvider, addresses, waits));
        var others = new TreeSet<>(byProvider.keySet());
        others.addAll(blocked.keySet());
        others.addAll(addresses.keySet());
        waits.all().stream()
                .filter(StandingWait::isOfProvider)
                .map(StandingWait::provider)
                .forEach(others::add);
        seen.stream().map(SeenProvider::provider).forEach(others::remove);
        for (var provider : others)
            providerLines.add(line(SeenProvider.none(provider), paces, night, blocked, byProvider, addresses, waits));
        return new ProviderListing(night.night(), night.completedAt().isPresent(), providerLines);
    }

    private static ProviderLine line(
            SeenProvider seen,
            ProviderPaces paces,
            NightRow night,
            Map<String, CensusNight> blocked,
            Map<String, OperatorOverride> overrides,
            Map<String, List<AddressLine>> addresses,
            StandingWaits waits) {
        return new ProviderLine(
                seen,
                paces.suspensions().getOrDefault(seen.provider(), 0),
                ProviderCondition.of(
                        paces.pace(seen.provider()),
                        night.completedAt().isPresent(),
                        Optional.ofNullable(blocked.get(seen.provider())),
                        waits.ofProvider(seen.provider()),
                        Optional.ofNullable(overrides.get(seen.provider()))),
                addresses.getOrDefault(seen.provider(), List.of()));
    }

    /** By provider: the addresses that were or are left alone for what they answered themselves. */
    private static Map<String, List<AddressLine>> addresses(
            NightRow night, ProviderPaces paces, OperatorOverrides stored, StandingWaits waits) {
        Map<Address, Set<String>> providers = new TreeMap<>();
        Map<Address, CensusNight> since = new HashMap<>();
        stored.blockedAddresses().forEach(blocked -> {
            providers.computeIfAbsent(blocked.address(), _ -> new TreeSet<>()).add(blocked.provider());
            since.put(blocked.address(), blocked.since());
        });
        waits.all().stream()
                .filter(wait -> !wait.isOfProvider())
                .forEach(wait -> providers
                        .computeIfAbsent(wait.address(), _ -> new TreeSet<>())
                        .add(wait.provider()));
        paces.addresses()
                .forEach((address, one) ->
                        providers.computeIfAbsent(address, _ -> new TreeSet<>()).add(one.provider()));
        Map<String, List<AddressLine>> lines = new TreeMap<>();
        providers.forEach((address, those) -> {
            var pace = Optional.ofNullable(paces.addresses().get(address));
            var line = new AddressLine(
                    address,
                    pace.map(AddressPace::suspensions).orElse(0),
                    ProviderCondition.of(
                            pace.map(AddressPace::pace),
                            night.completedAt().isPresent(),
                            Optional.ofNullable(since.get(address)),
                            waits.ofAddress(address),
                            Optional.empty()));
            if (line.isRemarkable())
                those.forEach(provider ->
                        lines.computeIfAbsent(provider, _ -> new ArrayList<>()).add(line));
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
