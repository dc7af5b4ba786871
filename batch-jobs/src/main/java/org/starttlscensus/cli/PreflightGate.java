package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.preflight.DatabaseCondition;
import org.starttlscensus.preflight.Preflight;
import org.starttlscensus.preflight.PreflightFinding;
import org.starttlscensus.preflight.PreflightRequest;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine;

/** Asks the preflight what it needs to know, and holds back whoever may not call. */
final class PreflightGate {

    private PreflightGate() {}

    /**
     * For commands that call, before the first call. A lab needs no preflight. Warnings take one line each.
     *
     * @throws PreflightRefusedException if something must be mended first
     */
    static void require(CommandLine command, CensusSettings settings, Database database) {
        if (settings.lab().isPresent()) return;
        var findings = findings(settings, condition(database), Optional.of(database));
        var worth = findings.stream()
                .filter(finding -> switch (finding.severity()) {
                    case WARN, REFUSE -> true;
                    case FINE, NOT_ASKED -> false;
                })
                .toList();
        if (Preflight.passes(findings)) {
            worth.forEach(finding -> command.getErr()
                    .printf("census: warning: %s (census doctor: why, and what to do)%n", DoctorText.seen(finding)));
            return;
        }
        var words = new StringWriter();
        new DoctorText(new PrintWriter(words)).print(worth);
        throw new PreflightRefusedException(
                "nobody is called, because the preflight failed. census doctor shows all of it.\n"
                        + words.toString().stripTrailing());
    }

    /** For commands that only look; opens the database as those do. */
    static List<PreflightFinding> findings(CensusSettings settings) {
        try (var database = Databases.look(settings.database())) {
            return findings(settings, condition(database), Optional.of(database));
        } catch (DatabaseException e) {
            return findings(settings, condition(e), Optional.empty());
        }
    }

    static PreflightRequest request(CensusSettings settings, DatabaseCondition condition, Optional<Database> database) {
        var now = InstantSource.system().instant();
        return new PreflightRequest(
                settings,
                condition,
                oldRoots(settings, database),
                OtherFindings.of(settings, database, now),
                ProgramVersion.userAgent(settings.identity()),
                now);
    }

    private static List<PreflightFinding> findings(
            CensusSettings settings, DatabaseCondition condition, Optional<Database> database) {
        try {
            return Preflight.ofThisMachine().findings(request(settings, condition, database));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PreflightRefusedException("interrupted while the preflight asked; nobody was called");
        }
    }

    private static DatabaseCondition condition(Database database) {
        return new DatabaseCondition.UsableDatabase(
                MonotonicClock.of(database).wallClockAhead(), new Nights(database).octetsPerNight());
    }

    private static DatabaseCondition condition(DatabaseException e) {
        var seen = String.valueOf(e.getMessage());
        return switch (e.databaseProblem()) {
            case NO_SUCH_DATABASE ->
                e.getCause() == null
                        ? new DatabaseCondition.NoDatabaseYet("there is none yet; the first night makes it")
                        : new DatabaseCondition.UnusableDatabase(seen);
            case SCHEMA_OLDER ->
                new DatabaseCondition.NoDatabaseYet(
                        "its tables are of an earlier version; the next night brings them up to date");
            case UNREACHABLE,
                    LOGIN_REFUSED,
                    MISSING_RIGHTS,
                    SERVER_TOO_OLD,
                    NOT_UTF8,
                    READ_ONLY,
                    DIRECTORY,
                    DISK_FULL,
                    SCHEMA_NEWER,
                    SCHEMA_NOT_CARRIED_OVER,
                    TABLES_LOCKED,
                    MIGRATION -> new DatabaseCondition.UnusableDatabase(seen);
        };
    }

    private static Optional<String> oldRoots(CensusSettings settings, Optional<Database> database) {
        var name = database.map(
                        opened -> ConfiguredTrustStore.of(settings, opened, CensusNight.today(InstantSource.system()))
                                .name())
                .or(() -> settings.tls().trustStoreSetting().map(setting -> setting.name()))
                .orElseGet(() -> TrustStore.mozilla().name());
        return TrustStoreAge.warning(name, LocalDate.now(Clock.systemUTC()));
    }
}
