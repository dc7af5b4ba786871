package org.starttlscensus.store;

import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Provider;

/**
 * One endpoint of a night's plan.
 *
 * @param position     tonight's order
 * @param isPrimary    whether it is a best-preference MX of any domain
 * @param isImplicit   whether it is only an implicit MX
 * @param isKnown      whether its last look before tonight told whether it has STARTTLS
 * @param domains      how many domains of the night have it as a best-preference server
 * @param within       every how many nights it is called
 * @param notAttempted why it is not called; empty if it is
 * @param detail       closer reason, our words
 * @param donorId      for an inherited one: the endpoint on the same address that is called
 */
public record PlannedCall(
        long endpointId,
        Endpoint endpoint,
        int position,
        Provider provider,
        boolean isPrimary,
        boolean isImplicit,
        boolean isKnown,
        int domains,
        int within,
        Optional<NotAttempted> notAttempted,
        Optional<String> detail,
        Optional<Long> donorId) {}
