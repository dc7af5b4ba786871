package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.TrustStores.StoredStore;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.TrustStore;

/** Other roots: who chooses them, which nights they judge, and what stays of those before. */
class TrustStoreChangeIT {

    private static final CensusNight FIRST = CensusNight.of("2026-11-23");
    private static final CensusNight SECOND = CensusNight.of("2026-11-24");
    private static final CensusNight THIRD = CensusNight.of("2026-11-25");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T22:00:00Z"));
    private static final TrustStore OLD = roots("mozilla-2026-01-01");
    private static final TrustStore NEW = roots("mozilla-2026-11-20");
    private static final CensusSettings SETTINGS = SettingsReader.read(List.of(), Optional.empty(), Map.of());

    @TempDir
    private Path directory;

    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.in(directory.resolve("pg"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static TrustStore roots(String name) {
        return new TrustStore(
                name,
                TrustStore.of(name, List.of(root(name)), complaint -> {
                            throw new AssertionError(complaint);
                        })
                        .anchors());
    }

    private static Octets root(String name) {
        return IssuedCertificate.ca(name).selfSigned().der();
    }

    private void begin(CensusNight night, TrustStore store) {
        new NightOpener(database, CLOCK)
                .open(
                        new NightRequest(
                                night, List.of(), directory, ListTolerance.ORDINARY, OptionalInt.empty(), false),
                        store);
    }

    private void complete(CensusNight night) {
        var nights = new Nights(database);
        nights.complete(nights.takeOver(night), CLOCK.instant());
    }

    private List<String> judging(CensusNight night, TrustStore own) {
        return ChainVerdictCaches.ofTheNight(night, own, database, CLOCK).stores().stream()
                .map(StoredStore::name)
                .filter(name -> name.equals(OLD.name()) || name.equals(NEW.name()))
                .toList();
    }

    @Test
    void theFirstNightByOtherRootsIsJudgedByBoth() {
        begin(FIRST, OLD);
        assertEquals(List.of(OLD.name()), judging(FIRST, OLD));
        complete(FIRST);
        begin(SECOND, NEW);
        assertEquals(List.of(NEW.name(), OLD.name()), judging(SECOND, NEW));
        complete(SECOND);
        begin(THIRD, NEW);
        assertEquals(List.of(NEW.name()), judging(THIRD, NEW));
    }

    @Test
    void theOperatorsChoiceCountsUnlessTheProgramsIsNewer() {
        assertEquals(TrustStore.mozilla().name(), chosen(SETTINGS));
        new TrustStoreChoice(database, CLOCK).choose(OLD, "old.pem");
        assertEquals(TrustStore.mozilla().name(), chosen(SETTINGS));
        new TrustStoreChoice(database, CLOCK).choose(NEW, "new.pem");
        assertEquals(NEW.name(), chosen(SETTINGS));
        assertEquals(
                OLD.anchors(),
                ConfiguredTrustStore.named(OLD.name(), SETTINGS, database)
                        .orElseThrow()
                        .anchors());
        new TrustStoreChoice(database, CLOCK).choose(OLD, "old.pem");
        assertEquals(TrustStore.mozilla().name(), chosen(SETTINGS));
    }

    private String chosen(CensusSettings settings) {
        return ConfiguredTrustStore.of(settings, database, FIRST).name();
    }

    @Test
    void rootsThatAreDatedLaterThanTheNightWaitForTheirDate() {
        new TrustStoreChoice(database, CLOCK).choose(NEW, "new.pem");
        new TrustStoreChoice(database, CLOCK).choose(roots("mozilla-2026-11-25"), "typing-error.pem");
        assertEquals(
                NEW.name(),
                ConfiguredTrustStore.ofNight(FIRST, SETTINGS, database).name());
        assertEquals(
                NEW.name(),
                ConfiguredTrustStore.ofNight(SECOND, SETTINGS, database).name());
        assertEquals(
                "mozilla-2026-11-25",
                ConfiguredTrustStore.ofNight(THIRD, SETTINGS, database).name());
    }

    @Test
    void aNightThatIsUnderWayKeepsItsRoots() {
        begin(FIRST, OLD);
        new TrustStoreChoice(database, CLOCK).choose(NEW, "new.pem");
        assertEquals(
                OLD.name(),
                ConfiguredTrustStore.ofNight(FIRST, SETTINGS, database).name());
        begin(FIRST, ConfiguredTrustStore.ofNight(FIRST, SETTINGS, database));
        complete(FIRST);
        assertEquals(
                NEW.name(),
                ConfiguredTrustStore.ofNight(SECOND, SETTINGS, database).name());
    }

    @Test
    void aNightIsNotContinuedByOtherRootsUnlessItsOwnAreNowhere() {
        begin(FIRST, OLD);
        pinList(FIRST);
        assertThrows(RefusedNightException.class, () -> begin(FIRST, NEW));
        new Nights(database).open(SECOND, MethodVersion.VERSION, "mozilla-20230311-deb12u1", CLOCK.instant());
        pinList(SECOND);
        begin(SECOND, NEW);
        assertEquals(NEW.name(), new Nights(database).find(SECOND).orElseThrow().trustStore());
    }

    @Test
    void aNightThatWasRefusedBeforeItHadListsTakesOtherRoots() {
        begin(FIRST, OLD);
        begin(FIRST, NEW);
        assertEquals(NEW.name(), new Nights(database).find(FIRST).orElseThrow().trustStore());
    }

    private void pinList(CensusNight night) {
        var lists = new Lists(database);
        lists.pin(
                night,
                List.of(lists.load(
                        new Lists.File(
                                "list", "list.txt", Octets.of(night.toString()).sha256(), 1),
                        rows -> new Lists.LineCounts(0, 0, 0, 0, 0),
                        CLOCK.instant())));
    }

    @Test
    void aNameMeansTheSameRootsForEver() {
        new TrustStoreChoice(database, CLOCK).choose(NEW, "new.pem");
        var other = new TrustStore(NEW.name(), OLD.anchors());
        var refusal = assertThrows(
                RefusedNightException.class, () -> new TrustStoreChoice(database, CLOCK).choose(other, "other.pem"));
        assertTrue(refusal.getMessage().contains("other roots under that name"), refusal.getMessage());
        assertThrows(RefusedNightException.class, () -> begin(FIRST, other));
        assertEquals(Optional.empty(), new Nights(database).find(FIRST));
    }
}
