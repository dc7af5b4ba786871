package org.starttlscensus.verdict;

import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;

/**
 * We say STARTTLS wherever it is advertised, except at a server that is known to refuse it for want of a certificate
 * (docs/politeness.md, section 2). So a call that ends at such an EHLO is one that was not to say it.
 */
final class WithheldStarttls {

    private WithheldStarttls() {}

    static boolean in(Observation call) {
        return call.ending() == Ending.REPLIED
                && call.phase() == CallPhase.EHLO
                && call.advertised()
                && call.starttls().isEmpty();
    }
}
