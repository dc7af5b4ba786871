package org.starttlscensus.store;

import java.time.Duration;
import java.util.List;
import org.starttlscensus.fact.Octets;

/**
 * How a night is measured: everything beside the definitions and the trust store by which the same servers could look
 * different.
 *
 * @param timeScale            the factor of every duration between calls; 1 but in a lab
 * @param patienceScale        the factor of the deadlines of a call; 1 but in a lab
 * @param confirmationGap      the least time between two looks that confirm each other, scaled; to the microsecond
 * @param offers               the documents of the ClientHellos, the standard one first
 * @param previousOffer        the document that some addresses get instead of the first
 * @param previousOfferPercent how many in a hundred addresses
 * @param providerRules        the version of the providers' file
 * @param providerRulesSha256  of that file
 * @param replyRules           the version of the rules for replies
 */
public record NightConditions(
        boolean isLab,
        double timeScale,
        double patienceScale,
        int port,
        Duration confirmationGap,
        List<String> offers,
        String previousOffer,
        int previousOfferPercent,
        String providerRules,
        Octets providerRulesSha256,
        String replyRules,
        String programVersion) {

    private static final long NANOS_OF_A_MICROSECOND = 1_000;

    public NightConditions {
        offers = List.copyOf(offers);
        if (offers.isEmpty()) throw new IllegalArgumentException("a night has at least the standard offer");
        var finer = confirmationGap.toNanos() % NANOS_OF_A_MICROSECOND;
        // The database keeps microseconds. Rounded up, because the gap is a minimum.
        if (finer > 0) confirmationGap = confirmationGap.plusNanos(NANOS_OF_A_MICROSECOND - finer);
    }
}
