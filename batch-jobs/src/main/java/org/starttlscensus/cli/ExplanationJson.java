package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.store.NightRow;

/**
 * {@code census explain NAME --json}.
 *
 * @param asDomain present if the name is a listed domain; its fields are unwrapped beside those of the night
 * @param host     present if the name is a mail host, but not one of that domain
 */
record ExplanationJson(
        LocalDate night,
        boolean nightCompleted,
        Optional<Instant> contactsPrunedAt,
        @JsonUnwrapped Optional<ExplainedDomainJson> asDomain,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ExplainedHostJson> host) {

    static ExplanationJson of(NightRow night, Optional<ExplainedDomainJson> domain, Optional<ExplainedHostJson> host) {
        return new ExplanationJson(
                night.night().date(), night.completedAt().isPresent(), night.contactsPrunedAt(), domain, host);
    }
}
