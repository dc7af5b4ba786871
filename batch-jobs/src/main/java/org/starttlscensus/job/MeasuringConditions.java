package org.starttlscensus.job;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.LabSettings;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightConditions;
import org.starttlscensus.tls.Offer;

/**
 * How a night is measured. The settings decide it once, when the night is opened. Whoever judges the night, on the same
 * evening or in five years, takes it from the database: the settings may be other ones by then.
 */
final class MeasuringConditions {

    private static final String NOT_PACKAGED = "(not packaged)";

    private MeasuringConditions() {}

    /** What these settings come to. */
    static NightConditions of(CensusSettings settings) {
        var rules = settings.providers();
        return new NightConditions(
                settings.lab().isPresent(),
                settings.lab().map(LabSettings::timeScale).orElse(1.0),
                settings.lab().map(LabSettings::patienceScale).orElse(1.0),
                settings.smtp().port(),
                settings.tonightsLimits().endpoint().gap(),
                Arrays.stream(ProbeKind.values())
                        .filter(probeKind -> probeKind != ProbeKind.EHLO_ONLY)
                        .map(probeKind -> Offer.of(probeKind).id())
                        .distinct()
                        .toList(),
                Offer.previous().id(),
                settings.tls().previousOfferPercent(),
                rules.version(),
                rules.sha256(),
                ReplyClassifier.version(),
                Optional.ofNullable(MeasuringConditions.class.getPackage().getImplementationVersion())
                        .orElse(NOT_PACKAGED));
    }

    /**
     * Notes how the night is measured from now on. Only for a night that has its lists: before that its start may still
     * be refused, and must bind it to nothing. The caller holds the run lock.
     */
    static void note(CensusNight night, CensusSettings settings, Database database, Instant now) {
        ProberFactory.note(night, settings, database);
        new ConditionsHistory(database).add(night, of(settings), now);
    }

    /**
     * The limits by which the night is judged: those of the operator at the time scale and with the confirmation gap
     * that the night was opened with. A night that was opened before these were kept is judged by the settings.
     */
    static Limits limits(CensusNight night, CensusSettings settings, Database database) {
        return new ConditionsHistory(database)
                .atOpening(night)
                .map(opening -> limits(settings.limits().scaled(opening.timeScale()), opening))
                .orElseGet(settings::tonightsLimits);
    }

    private static Limits limits(Limits atItsScale, NightConditions opening) {
        return atItsScale.with(LimitKey.ENDPOINT, atItsScale.endpoint().withGap(opening.confirmationGap()));
    }
}
