package org.starttlscensus.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightCalendar;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ListEdition;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.OptOuts;
import org.starttlscensus.store.Publications;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.UnknownReplies;
import org.starttlscensus.store.Verdicts;

/** {@code census status --json}. */
record StatusJson(
        LocalDate night,
        Instant openedAt,
        Optional<Instant> completedAt,
        boolean closedEarly,
        Optional<Instant> publishedAt,
        Optional<String> acceptedAs,
        Optional<Instant> contactsPrunedAt,
        String methodVersion,
        String trustStore,
        boolean trustStoreOutdated,
        Optional<String> asked,
        Collection<String> pausedProviders,
        int optOuts,
        Map<String, String> steps,
        long domains,
        long planned,
        Optional<Long> toCall,
        long called,
        Optional<Long> calls,
        Optional<Long> openCalls,
        Optional<Long> checked,
        Optional<Long> checkCalls,
        String state,
        long remaining,
        Optional<Long> secondsLeft,
        List<String> oddities,
        List<StatusListJson> lists,
        Map<String, Long> outcomes,
        long unknownReplyTexts,
        List<UnknownReplyJson> unknownReplies,
        Optional<WindowJson> window,
        Map<String, Long> sources) {

    static final int MOST_REPLIES = 1_000;
    private static final int MOST_OF_A_REPLY = 300;

    static StatusJson of(
            Database database, NightRow row, Map<String, String> steps, Optional<CallWindow> window, boolean isDemo) {
        var night = row.night();
        var counts = new NightStatus(database).counts(night);
        var unknown = new UnknownReplies(database).of(night, MOST_REPLIES);
        var progress = NightProgress.of(database, row, Clock.systemUTC(), isDemo);
        var publication = new Publications(database).of(night);
        var outcomes = new LinkedHashMap<String, Long>();
        new Verdicts(database).outcomes(night).forEach(one -> outcomes.merge(one.outcome(), one.servers(), Long::sum));
        return new StatusJson(
                night.date(),
                row.openedAt(),
                row.completedAt(),
                row.isClosedEarly(),
                publication.map(Publications.Publication::publishedAt),
                publication.flatMap(Publications.Publication::reason).map(reason -> Printable.line(reason.text())),
                row.contactsPrunedAt(),
                row.methodVersion(),
                row.trustStore(),
                TrustStoreAge.warning(row.trustStore(), LocalDate.now(Clock.systemUTC()))
                        .isPresent(),
                new RunRequests(database)
                        .latest(night)
                        .map(latest -> latest.request().label()),
                new TreeSet<>(new OperatorOverrides(database).paused()),
                new OptOuts(database).register().size(),
                steps,
                counts.domains(),
                counts.planned(),
                kept(row, counts.toCall()),
                counts.called(),
                kept(row, counts.calls()),
                kept(row, counts.openCalls()),
                kept(row, counts.checked()),
                kept(row, counts.checkCalls()),
                progress.state().label(),
                progress.remaining(),
                progress.left().map(Duration::toSeconds),
                progress.oddities(),
                new Lists(database)
                        .pinned(night).stream().map(StatusListJson::of).toList(),
                outcomes,
                unknown.texts(),
                unknown.replies().stream().map(UnknownReplyJson::of).toList(),
                window.map(hours -> WindowJson.of(
                        hours, new Nights(database).latest(), Clock.systemUTC().instant())),
                callsBySource(database, night));
    }

    private static Map<String, Long> callsBySource(Database database, CensusNight night) {
        var calls = new LinkedHashMap<String, Long>();
        new NightStatus(database).sources(night).forEach(one -> calls.put(one.source(), one.calls()));
        return calls;
    }

    /** Empty if the night's permits and plan were pruned. */
    private static Optional<Long> kept(NightRow row, long count) {
        return row.contactsPrunedAt().isPresent() ? Optional.empty() : Optional.of(count);
    }

    /** The window that is open, or opens next. */
    record WindowJson(
            String hours, boolean isOpen, Instant opensAt, Instant lastCallAt, Instant closesAt, long nightsMissed) {

        private static WindowJson of(CallWindow window, Optional<NightRow> latest, Instant now) {
            var span = window.at(now);
            return new WindowJson(
                    window.toString(),
                    span.isOpen(now),
                    span.opens(),
                    span.lastPermit(),
                    span.closes(),
                    NightCalendar.missed(latest, now, window)
                            .map(NightCalendar.MissedNights::nights)
                            .orElse(0L));
        }
    }

    /** A list of the night, and what became of its lines. */
    record StatusListJson(
            String list, String file, String sha256, long lines, long domains, long duplicates, long rejected) {

        private static StatusListJson of(ListEdition edition) {
            return new StatusListJson(
                    edition.listId(),
                    Printable.line(edition.file()),
                    edition.sha256().hex(),
                    edition.lines(),
                    edition.domains(),
                    edition.duplicates(),
                    edition.rejected());
        }
    }

    /** A reply that matches no rule. */
    record UnknownReplyJson(String phase, long calls, String example, String reply) {

        private static UnknownReplyJson of(UnknownReplies.Unknown one) {
            return new UnknownReplyJson(
                    one.phase().label(),
                    one.calls(),
                    one.example().ascii(),
                    Printable.peer(one.reply(), MOST_OF_A_REPLY));
        }
    }
}
