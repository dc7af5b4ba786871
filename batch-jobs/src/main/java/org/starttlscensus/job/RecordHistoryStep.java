package org.starttlscensus.job;

import java.util.ArrayList;
import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.AddressHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.KnownStates;
import org.starttlscensus.store.ProviderHistory;

/**
 * {@code record-history}: stores what later nights need: which providers and addresses blocked us, which endpoints
 * could not be reached, what each address showed of STARTTLS, what each server and domain last showed, and from
 * which addresses we called.
 */
@Configuration(proxyBeanMethods = false)
class RecordHistoryStep {

    @Bean
    Step recordHistory(
            JobRepository jobs,
            Database database,
            NightRequest request,
            CensusSettings settings,
            Progress progress,
            StopSignal stopSignal) {
        return new StepBuilder(NightStep.RECORD_HISTORY.label(), jobs)
                .listener(stopSignal)
                .tasklet((_, _) -> {
                    progress.begin(NightStep.RECORD_HISTORY);
                    noteProviders(
                            database, request.night(), MeasuringConditions.limits(request.night(), settings, database));
                    var providerHistory = new ProviderHistory(database);
                    providerHistory.noteWhoBlocks(request.night());
                    providerHistory.noteUnreachable(request.night());
                    new AddressHistory(database).note(request.night());
                    new KnownStates(database).note(request.night());
                    settings.sourceAddresses()
                            .forEach(source -> providerHistory.noteSource(request.night(), source.address()));
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    static void noteProviders(Database database, CensusNight night, Limits limits) {
        var providerHistory = new ProviderHistory(database);
        var before = providerHistory.blockedBefore(night);
        var blocked = new ArrayList<String>();
        var accepting = new ArrayList<String>();
        var paces = ProviderPaces.of(database, night, limits);
        paces.all().forEach((provider, one) -> {
            if (one.pace().isBlocking(before.contains(provider))) blocked.add(provider);
            else if (one.pace().wasWelcomed()) accepting.add(provider);
        });
        providerHistory.noteProviders(night, blocked, accepting);
        providerHistory.noteBlockedShare(
                night,
                blocked.stream().filter(provider -> !before.contains(provider)).toList(),
                noteAddresses(providerHistory, night, paces));
    }

    /** @return those whose block began on this night */
    private static List<Address> noteAddresses(
            ProviderHistory providerHistory, CensusNight night, ProviderPaces paces) {
        var before = providerHistory.addressesBlockedBefore(night);
        var blocked = new ArrayList<Address>();
        var accepting = new ArrayList<Address>();
        paces.addresses().forEach((address, one) -> {
            if (one.pace().isBlocking(before.contains(address))) blocked.add(address);
            else if (one.pace().wasWelcomed()) accepting.add(address);
        });
        providerHistory.noteAddresses(night, blocked, accepting);
        return blocked.stream().filter(address -> !before.contains(address)).toList();
    }
}
