package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;

/**
 * {@code call}: reads {@code planned_call}, writes {@code permit} and {@code observation}.
 *
 * <p>An item is a batch of calls that have finished and are stored. The call engine stores them itself, in
 * transactions of its own, so the step's writer has nothing left to do. Thus the step holds no database connection
 * while servers are slow, and it loses no result when Spring Batch's own tables cannot be written.
 */
@Configuration(proxyBeanMethods = false)
class CallStep {

    @Bean
    Step call(JobRepository jobs, CallReader callReader, StopSignal stopSignal) {
        return new StepBuilder(NightStep.CALL.label(), jobs)
                .listener(stopSignal)
                .<List<FinishedCall>, List<FinishedCall>>chunk(1)
                .transactionManager(new ResourcelessTransactionManager())
                .reader(callReader)
                .writer(_ -> {})
                .build();
    }

    @Bean
    CallReader callReader(
            Database database,
            NightLease lease,
            CensusSettings settings,
            Caller caller,
            CallResultStore callResultStore,
            Progress progress,
            StopSignal stopSignal,
            CallControl callControl,
            InstantSource clock) {
        return new CallReader(
                database, lease, settings, caller, callResultStore, progress, stopSignal, callControl, clock);
    }

    @Bean
    CallResultStore callResultStore(Database database, NightRequest request, Progress progress, InstantSource clock) {
        return new FaultIsolatingStore(new PostgresCallResultStore(database, request.night(), clock), progress);
    }

    @Bean
    Caller caller(
            Database database, CensusSettings settings, AddressGate gate, NightRequest request, InstantSource clock) {
        if (request.dryRun()) // its settings may not say by which name we would call
        return (permit, _) -> {
                throw new IllegalStateException("a dry run was about to call " + permit.endpoint());
            };
        return ProberFactory.caller(
                CallingMachine.here(), database, settings, gate, LeftOutServers.of(database, request.night()), clock);
    }
}
