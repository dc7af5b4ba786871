package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.ledger.Callers;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;

/**
 * {@code call}: the permit ledger to {@code observation}. Completion-ordered: an item is what has finished, and its writer
 * stores it and closes the permits in one transaction of its own. The step holds no connection while servers are slow.
 */
@Configuration(proxyBeanMethods = false)
class CallStep {

    @Bean
    Step call(JobRepository jobs, CallReader callReader, CallWriter callWriter, Stop stop) {
        return new StepBuilder("call", jobs).listener(stop).<List<FinishedCall>, List<FinishedCall>>chunk(1)
                .transactionManager(new ResourcelessTransactionManager())
                .reader(callReader)
                .writer(callWriter)
                .build();
    }

    @Bean
    CallReader callReader(Database database, NightRequest request, CensusSettings settings, Callers callers, Progress progress, Stop stop,
            InstantSource clock) {
        return new CallReader(database, request.night(), settings.tonightsLimits(), Calling.wholeCall(settings), callers, progress, stop,
                clock);
    }

    @Bean
    CallWriter callWriter(Database database, NightRequest request, CallReader callReader, InstantSource clock) {
        return new CallWriter(database, request.night(), callReader::stored, clock);
    }

    @Bean
    Callers callers(CensusSettings settings, AddressGate gate, InstantSource clock) {
        return Calling.callers(settings, gate, clock);
    }
}
