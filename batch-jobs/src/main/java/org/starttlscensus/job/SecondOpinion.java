package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Duration;
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
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.PublishedVerdict;
import org.starttlscensus.store.ServerVerdictRow;

/**
 * Puts the last night's published verdicts right after another look that a postmaster asked for (decision 0059). The
 * look is one more call of that night, and the verdict is the merge of all its calls. It replaces the published one
 * only where it shows STARTTLS and is better, see {@link Improvement}: a look that shows less takes nothing away.
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
        /** The look shows nothing better than the row says. */
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

    /** How long after its end a night may be put right by what is seen now. */
    public static final Duration LATEST = Duration.ofDays(2);

    /** The last night, if it ended so long ago that what is seen now says nothing about it. */
    public Optional<CensusNight> tooOld() {
        return new Nights(database)
                .latest()
                .filter(row -> row.completedAt()
                        .filter(end -> end.isBefore(clock.instant().minus(LATEST)))
                        .isPresent())
                .map(NightRow::night);
    }

    /**
     * Files what is better. Domains and trends follow in {@link #publish}.
     *
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
        if (!rows.isEmpty()) corrections.file(night, MethodVersion.VERSION, rows, because, askedAt);
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
        return corrections
                .published(night, row.endpointId())
                .filter(before -> Improvement.is(before, PublishedVerdict.of(row)))
                .isPresent();
    }

    /** What became of the files of a night that was put right. */
    public record Rewriting(CensusNight night, FileState fileState, Path nights) {

        public String words() {
            return switch (fileState) {
                case WRITTEN -> "night %s was published again, and CHANGES.md says so".formatted(night);
                case UNCHANGED -> "night %s: its files show it already".formatted(night);
                case NOT_THERE ->
                    "night %s is not in %s: its files were not written again. Name its folder with --out"
                            .formatted(night, nights);
                case NOT_ACCEPTED ->
                    "night %s is not published yet: its files will show it when it is (census publish)"
                            .formatted(night);
            };
        }
    }

    /** See {@link Rewriting}. */
    public enum FileState {
        WRITTEN,
        UNCHANGED,
        NOT_THERE,
        /** Nobody has said yet that it may be published. */
        NOT_ACCEPTED
    }

    /**
     * Writes the files of nights again whose corrections they do not show yet. Killed in between, the next call does
     * it.
     *
     * @param nights the folder of all nights
     */
    public List<Rewriting> publish(Path nights) {
        var pending = new PendingCorrections(database, clock);
        return pending.all().stream()
                .map(one -> new Rewriting(one.night(), publish(nights, one, pending), nights))
                .toList();
    }

    private FileState publish(Path nights, Corrections.UnpublishedCorrections one, PendingCorrections pending) {
        if (new Publications(database).of(one.night()).isEmpty()) return FileState.NOT_ACCEPTED;
        var written = new DatasetWriter()
                .publishAgain(
                        nights.resolve(one.night().toString()),
                        PublishedFiles.of(database, one.night(), settings.smtp().port()),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        PendingCorrections.words(one));
        return switch (written) {
            case WRITTEN -> {
                pending.published(one.night());
                yield FileState.WRITTEN;
            }
            case UNCHANGED -> {
                pending.published(one.night());
                yield FileState.UNCHANGED;
            }
            case NOT_THERE -> FileState.NOT_THERE;
        };
    }
}
