package org.starttlscensus.job;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.politeness.ProviderIdentity;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.PlannedCall;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Tenure;

/** {@code plan}: tonight's endpoints to {@code planned_call}: in which order, on whose account, and whom not to call. */
@Configuration(proxyBeanMethods = false)
class PlanStep {

    /** At most so many names of one address get a call of their own in one night (contract, section 1). */
    private static final int NAMES_PER_ADDRESS = 20;

    @Bean
    Step plan(JobRepository jobs, Database database, NightRequest request, Tenure tenure, AddressGate gate, Progress progress, Stop stop) {
        var plans = new Plans(database);
        return new StepBuilder("plan", jobs).listener(stop).tasklet((contribution, _) -> {
            progress.begin("plan");
            var hasIpv6 = hasIpv6();
            var toCall = new AtomicInteger();
            plans.make(tenure, numbered -> {
                var planned = decide(numbered, gate, hasIpv6, request, toCall);
                if (planned.position() % 10_000 == 0) progress.at(planned.position(), 0);
                return planned;
            });
            progress.at(toCall.get(), toCall.get());
            if (request.dryRun()) {
                progress.say("dry run: %,d endpoints would be called; nobody was. Run again without --dry-run to go on from here."
                        .formatted(toCall.get()));
                contribution.getStepExecution().setTerminateOnly();
            }
            return RepeatStatus.FINISHED;
        }).build();
    }

    private static PlannedCall decide(
            Plans.Numbered numbered, AddressGate gate, boolean hasIpv6, NightRequest request, AtomicInteger toCall) {
        var candidate = numbered.candidate();
        var endpoint = candidate.endpoint();
        var provider = ProviderIdentity.of(endpoint.mxHost(), endpoint.address());
        var special = gate.whyNot(endpoint.address());
        Optional<String> notAttempted = Optional.empty();
        if (special.isPresent()) notAttempted = Optional.of("special_address");
        else if (endpoint.address().isIpv6() && !hasIpv6) notAttempted = Optional.of("no_ipv6");
        else if (candidate.nameRank() > NAMES_PER_ADDRESS) notAttempted = Optional.of("inherited");
        else if (request.mostCalls().isPresent() && toCall.get() >= request.mostCalls().getAsInt()) {
            notAttempted = Optional.of("budget");
        } else {
            toCall.incrementAndGet();
        }
        var donor = notAttempted.filter("inherited"::equals).map(_ -> candidate.donorId());
        return new PlannedCall(candidate.endpointId(), endpoint, numbered.position(), provider, candidate.isPrimary(),
                candidate.isImplicit(), notAttempted, special, donor);
    }

    private static boolean hasIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && !address.isLinkLocalAddress());
    }
}
