package org.starttlscensus.cli;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.store.ExplainedDomain;

/** The verdict of a night on one domain. */
record DomainVerdictJson(
        Optional<Boolean> starttlsAny,
        Optional<Boolean> starttlsPrimary,
        Optional<Boolean> starttlsAllReachable,
        String measured,
        boolean truncated,
        boolean mixedProvider,
        Optional<Instant> observedAt,
        String methodVersion) {

    static DomainVerdictJson of(ExplainedDomain.ExplainedDomainVerdict verdict) {
        return new DomainVerdictJson(
                verdict.any(),
                verdict.primary(),
                verdict.allReachable(),
                verdict.measured().label(),
                verdict.truncated(),
                verdict.mixedProvider(),
                verdict.observedAt(),
                verdict.methodVersion());
    }
}
