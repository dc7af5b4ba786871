package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.ProviderRules;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;
import org.starttlscensus.tls.Offer;

/** How a night is measured is decided when it is opened, and whoever judges it goes by that. */
class MeasuringConditionsIT {

    private static final Instant OPENED = Instant.parse("2030-01-01T22:00:00Z");

    @TempDir
    private static Path directory;

    private static Database database;
    private static CensusNight night = CensusNight.of("2030-01-01");

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static CensusSettings settings(String... pairs) {
        return SettingsReader.read(List.of(pairs), Optional.empty(), Map.of());
    }

    private static CensusSettings lab(double scale) {
        return settings(
                "census.lab.networks=127.20.0.0/16",
                "census.lab.time-scale=" + scale,
                "census.dns.resolvers=127.20.0.53:5353",
                "census.smtp.port=2525",
                "census.tls.previous-offer-percent=50");
    }

    private static void opened(CensusSettings settings) {
        night = new CensusNight(night.date().plusDays(1));
        new Nights(database).open(night, "test", "test", OPENED);
        new ConditionsHistory(database).add(night, MeasuringConditions.of(settings), OPENED);
    }

    @Test
    void theyAreWhatTheSettingsComeTo() {
        var usual = MeasuringConditions.of(settings());
        assertFalse(usual.isLab());
        assertEquals(1, usual.timeScale());
        assertEquals(25, usual.port());
        assertEquals(Duration.ofMinutes(30), usual.confirmationGap());
        assertEquals(ProviderRules.shipped().sha256(), usual.providerRulesSha256());
        var scaled = MeasuringConditions.of(lab(0.05));
        assertTrue(scaled.isLab());
        assertEquals(2525, scaled.port());
        assertEquals(Duration.ofSeconds(90), scaled.confirmationGap());
        assertEquals(50, scaled.previousOfferPercent());
        assertEquals(Offer.standard().id(), scaled.offers().getFirst());
        assertEquals(Offer.previous().id(), scaled.previousOffer());
    }

    @Test
    void aNightIsJudgedByTheGapThatItWasOpenedWith() {
        opened(settings("census.limits.endpoint.gap=45m"));
        var limits = MeasuringConditions.limits(night, settings(), database);
        assertEquals(Duration.ofMinutes(45), limits.endpoint().gap());
        assertEquals(1, limits.timeScale());
    }

    /** With odd scales, too: what is stored must not come out laxer than the policy at that scale. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.000_000_001_3, 0.002, 0.05, 0.333_333_333, 1})
    void aNightOfALabKeepsItsTimeScale(double scale) {
        opened(lab(scale));
        var limits = MeasuringConditions.limits(night, settings(), database);
        assertEquals(scale, limits.timeScale());
        var expected = lab(scale).tonightsLimits().endpoint().gap();
        assertTrue(limits.endpoint().gap().minus(expected).toNanos() < 1_000, () -> limits + ", not " + expected);
        assertEquals(
                lab(scale).tonightsLimits().address().gap(), limits.address().gap());
    }

    @Test
    void aNightThatDidNotKeepThemIsJudgedByTheSettings() {
        night = new CensusNight(night.date().plusDays(1));
        new Nights(database).open(night, "test", "test", OPENED);
        assertEquals(lab(0.05).tonightsLimits(), MeasuringConditions.limits(night, lab(0.05), database));
    }
}
