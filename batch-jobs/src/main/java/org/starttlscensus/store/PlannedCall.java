package org.starttlscensus.store;

import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Provider;

/**
 * One endpoint of a night's plan.
 *
 * @param position     place in tonight's order
 * @param isPrimary    whether it is a best-preference MX of any domain
 * @param isImplicit   whether it is only an implicit MX
 * @param isKnown      whether its last observation before tonight established whether it has STARTTLS
 * @param domains      number of the night's domains for which it is a best-preference server
 * @param within       it is called once within this many nights
 * @param drawnAs      if that is more than one: the number of what it is drawn with (docs/sampling.md)
 * @param notAttempted why it is not called; empty if it is
 * @param detail       details of the reason, as text of the census
 * @param donorId      for an inherited endpoint: the endpoint on the same address that is called
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
        Optional<Long> drawnAs,
        Optional<NotAttempted> notAttempted,
        Optional<String> detail,
        Optional<Long> donorId) {}
