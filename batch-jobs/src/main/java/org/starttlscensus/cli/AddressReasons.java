package org.starttlscensus.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.dispatch.Paces.AddressPace;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ExplainedAddress;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.StandingBlocks;
import org.starttlscensus.store.StandingWaits;
import org.starttlscensus.verdict.ChainJudge;

/** Finds why an address is left out now, if it is. */
final class AddressReasons {

    private final Database database;
    private final CensusSettings settings;

    AddressReasons(Database database, CensusSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    ExplainAddress of(NightRow row, ExplainedAddress explained, Optional<ChainJudge> chains) {
        var providers =
                explained.providers().stream().map(Provider::key).distinct().toList();
        var blocks = new StandingBlocks(database);
        var waits = StandingWaits.at(
                database, Clock.systemUTC().instant(), settings.tonightsLimits().timeScale());
        return new ExplainAddress(
                explained,
                row.completedAt().isPresent(),
                row.contactsPrunedAt(),
                chains,
                blocks.of(explained.address(), providers).stream()
                        .map(block -> new ExplainAddress.Skip(block, blocks.refusal(block)))
                        .toList(),
                waits.all().stream()
                        .filter(wait -> wait.address().equals(explained.address())
                                || (wait.isOfProvider() && providers.contains(wait.provider())))
                        .toList(),
                row.completedAt().isPresent() ? List.of() : now(row, explained.address(), providers));
    }

    /** Who is not called at the moment, in a night that is under way. */
    private List<String> now(NightRow row, Address address, List<String> providers) {
        var paces = ProviderPaces.of(database, row.night(), settings.tonightsLimits());
        var left = new ArrayList<String>();
        for (var provider : providers)
            words(paces.pace(provider), Printable.line(provider)).ifPresent(left::add);
        words(Optional.ofNullable(paces.addresses().get(address)).map(AddressPace::pace), "this address")
                .ifPresent(left::add);
        return left;
    }

    private static Optional<String> words(Optional<Pace> pace, String who) {
        var condition = ProviderCondition.of(pace, false, Optional.empty(), Optional.empty(), Optional.empty());
        return condition.isCalled() ? Optional.empty() : Optional.of("%s is %s".formatted(who, condition.words()));
    }
}
