package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.publish.DatasetWriter;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Corrections;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.KnownStates;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.ServerVerdictRow;
import org.starttlscensus.store.Trends;
import org.starttlscensus.store.Verdicts;

/**
 * Puts the last night's published verdicts right after another look that a postmaster asked for (decision 0059). The
 * look is one more call of that night, and the verdict is the merge of all its calls. It replaces the published one
 * only where it shows STARTTLS, and something else than what was published: a look that shows nothing takes nothing
 * away.
 *
 * <p>The caller holds the run lock.
 */
public final class SecondOpinion {

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final Corrections corrections;

    public SecondOpinion(Database database, CensusSettings settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.corrections = new Corrections(database);
    }

    /** What became of a night's row. */
    public enum RowState {
        /** It is replaced. */
        CORRECTED,
        /** The look shows nothing that the row does not say. */
        AS_PUBLISHED,
        /** The night is not complete; it takes the look into account by itself. */
        NOT_PUBLISHED_YET,
        /** The night's files have no row that rests on a call to this server. */
        NO_ROW,
        /** The night was judged by another version of the definitions. */
        OTHER_VERSION;

        /** The label in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One server that was looked at again. */
    public record Reviewed(Endpoint endpoint, RowState rowState) {}

    /**
     * @param because why, in the operator's words
     * @param seen    those that were called again
     */
    public List<Reviewed> review(CensusNight night, List<Endpoint> seen, String because, Instant askedAt) {
        var row = new Nights(database).find(night).orElseThrow();
        var rows = new ArrayList<ServerVerdictRow>();
        var reviewed = new ArrayList<Reviewed>();
        for (var endpoint : seen) {
            var state = whyNot(row).or(() -> {
                var verdict = anew(row, endpoint);
                verdict.filter(one -> isBetter(night, one)).ifPresent(rows::add);
                return verdict.isEmpty() ? Optional.of(RowState.NO_ROW) : Optional.<RowState>empty();
            });
            var isCorrected = !rows.isEmpty()
                    && corrections
                            .endpointId(endpoint)
                            .equals(Optional.of(rows.getLast().endpointId()));
            reviewed.add(
                    new Reviewed(endpoint, state.orElse(isCorrected ? RowState.CORRECTED : RowState.AS_PUBLISHED)));
        }
        if (!rows.isEmpty()) {
            corrections.file(night, MethodVersion.VERSION, rows, because, askedAt);
            new Trends(database).aggregate(night, MethodVersion.VERSION);
            new Verdicts(database).rollUpDomains(night, MethodVersion.VERSION);
            new KnownStates(database).note(night);
        }
        return reviewed;
    }

    private Optional<RowState> whyNot(NightRow row) {
        if (row.completedAt().isEmpty() || row.isClosedEarly()) return Optional.of(RowState.NOT_PUBLISHED_YET);
        return new Filing(database)
                .publishedVersion(row.night())
                .filter(version -> !version.equals(MethodVersion.VERSION))
                .map(_ -> RowState.OTHER_VERSION);
    }

    /** Judges all calls of the night at a server; empty if the night has no verdict of it that rests on a call. */
    private Optional<ServerVerdictRow> anew(NightRow row, Endpoint endpoint) {
        var id = corrections.endpointId(endpoint).orElseThrow();
        if (corrections.published(row.night(), id).isEmpty()) return Optional.empty();
        var planned = new Evidence(database)
                .page(row.night(), id - 1, 1).stream()
                        .filter(one -> one.endpointId() == id && !one.calls().isEmpty())
                        .findFirst();
        if (planned.isEmpty()) return Optional.empty();
        var store = ConfiguredTrustStore.ofNight(row.night(), settings, database);
        var caches = ChainVerdictCaches.ofTheNight(row.night(), store, database, clock);
        caches.prepare(planned.get().calls().stream()
                .flatMap(call -> call.chainId().stream())
                .toList());
        var gap = MeasuringConditions.limits(row.night(), settings, database)
                .endpoint()
                .gap();
        return planned.map(new ServerJudge(caches.named(store.name()).orElseThrow(), gap)::judge);
    }

    private boolean isBetter(CensusNight night, ServerVerdictRow row) {
        var now = String.join(
                " ",
                List.of(
                                Optional.of(row.outcome()),
                                row.starttls().map(yes -> yes ? "t" : "f"),
                                row.chain().map(ServerVerdictRow.Chain::status),
                                row.nameMatch(),
                                row.leafSha256().map(octets -> octets.hex()))
                        .stream()
                        .flatMap(Optional::stream)
                        .toList());
        return row.starttls().equals(Optional.of(true))
                && !corrections.published(night, row.endpointId()).equals(Optional.of(now));
    }

    /**
     * Writes the files of nights again whose corrections they do not show yet. Killed in between, the next call does
     * it.
     *
     * @param nights the folder of all nights
     * @return in words, what was done
     */
    public List<String> publish(Path nights) {
        var words = new ArrayList<String>();
        for (var each : corrections.unpublished()) {
            var what = "%,d rows of servers.csv.gz measured again, because postmasters asked for it, and what follows "
                            .formatted(each.servers())
                    + "from them in the other files";
            var isThere = new DatasetWriter()
                    .publishAgain(
                            nights.resolve(each.night().toString()),
                            PublishedFiles.of(
                                    database, each.night(), settings.smtp().port()),
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                            what);
            if (isThere) {
                corrections.published(each.night(), clock.instant());
                words.add("night %s was published again, and CHANGES.md says so".formatted(each.night()));
            } else {
                words.add("night %s is not in %s: its files were not written again. Name its folder with --out"
                        .formatted(each.night(), nights));
            }
        }
        return words;
    }
}
