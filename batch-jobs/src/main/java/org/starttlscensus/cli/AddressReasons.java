package org.starttlscensus.cli;

import java.time.Clock;
import java.util.Optional;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ExplainedAddress;
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

    ExplainAddress of(ExplainedAddress explained, Optional<ChainJudge> chains) {
        var providers =
                explained.providers().stream().map(Provider::key).distinct().toList();
        var blocks = new StandingBlocks(database);
        var waits = StandingWaits.at(
                database, Clock.systemUTC().instant(), settings.tonightsLimits().timeScale());
        return new ExplainAddress(
                explained,
                chains,
                blocks.of(explained.address(), providers).stream()
                        .map(block -> new ExplainAddress.Skip(block, blocks.refusal(block)))
                        .toList(),
                waits.all().stream()
                        .filter(wait -> wait.address().equals(explained.address())
                                || (wait.isOfProvider() && providers.contains(wait.provider())))
                        .toList());
    }
}
