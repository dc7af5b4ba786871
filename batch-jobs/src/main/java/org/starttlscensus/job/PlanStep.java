package org.starttlscensus.job;

import java.util.List;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.PlannedCall;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Routes;
import org.starttlscensus.store.StandingWaits;

/**
 * {@code plan}: writes tonight's endpoints to {@code planned_call}, each with its position, its provider, and the
 * reason if it is not to be called.
 */
@Configuration(proxyBeanMethods = false)
class PlanStep {

    @Bean
    Step plan(
            JobRepository jobs,
            Database database,
            NightRequest request,
            NightLease lease,
            AddressGate gate,
            CensusSettings settings,
            Progress progress,
            StopSignal stopSignal) {
        var plans = new Plans(database);
        return new StepBuilder(NightStep.PLAN.label(), jobs)
                .listener(stopSignal)
                .tasklet((contribution, _) -> {
                    progress.begin(NightStep.PLAN);
                    new OptOutRecords(database).addFound();
                    new Routes(database).analyze();
                    var versions = IpVersions.of(settings);
                    var rules = settings.providers();
                    var limits = settings.tonightsLimits();
                    var planner = new Planner(
                            request.night(),
                            gate,
                            limits,
                            versions,
                            request.mostCalls(),
                            StandingWaits.atOpening(database, request.night(), limits.timeScale()),
                            new Nights(database)
                                    .opened(request.night())
                                    .orElseThrow()
                                    .openedAt());
                    Plans.HostNames names = (host, aliases) -> named(ProviderIdentity.of(host, aliases, rules));
                    plans.make(lease, rules.version(), names, versions.ipv6(), new Reported(planner, progress));
                    plans.askOldVersions(request.night(), settings.tls().oldVersionsPerNight());
                    progress.at(planner.toCall(), planner.toCall());
                    if (request.dryRun()) {
                        progress.say("dry run: %s would be called; none was."
                                .formatted(Counted.of(planner.toCall(), "server")));
                        contribution.getStepExecution().setTerminateOnly();
                    }
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    /** The planner's decisions, each ten thousandth told. */
    private record Reported(Planner planner, Progress progress) implements Plans.Decisions {

        @Override
        public boolean isTooMany(String provider, long servers) {
            return planner.isTooMany(provider, servers);
        }

        @Override
        public void serveTogether(List<Hostname> hosts) {
            planner.serveTogether(hosts);
        }

        @Override
        public PlannedCall decide(Plans.Numbered numbered) {
            if (numbered.position() % 10_000 == 0) progress.at(numbered.position(), 0);
            return planner.decide(numbered);
        }
    }

    static Plans.Named named(ProviderIdentity identity) {
        return new Plans.Named(identity.named(), identity.registrable());
    }
}
