package org.starttlscensus.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.starttlscensus.fact.CensusNight;

/**
 * The hours of each day in which calls may be made, written {@code 22:00-06:00 UTC}. A night is the UTC date on which
 * its window opens, so midnight within the window begins no other night.
 *
 * @param opens  by the clocks of the zone
 * @param closes by the clocks of the zone; on the next day if it is not after {@code opens}
 * @param zone   UTC, or a zone of the IANA database, whose summer time the window follows
 */
public record CallWindow(LocalTime opens, LocalTime closes, ZoneId zone) {

    /** No permit is given in the last minutes, so that calls with the patient deadlines, and the judging, fit in. */
    public static final Duration LAST_PERMIT_BEFORE_CLOSE = Duration.ofMinutes(45);

    private static final Duration SHORTEST = Duration.ofHours(2);
    /** What a provider asked of us tonight is remembered for eight hours: so long it is left alone, too. */
    private static final Duration LONGEST = Duration.ofHours(16);

    private static final Pattern WRITTEN =
            Pattern.compile("([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9]) ([A-Za-z]+(?:/[A-Za-z0-9_+/-]+)?)");
    /** Rules of a zone that ended before this do not matter. */
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    public CallWindow {
        var length = length(opens, closes);
        if (length.compareTo(SHORTEST) < 0)
            throw new IllegalArgumentException(
                    "it is open for %d min; at least 2 h are needed, because the last call is 45 min before the end"
                            .formatted(length.toMinutes()));
        if (length.compareTo(LONGEST) > 0)
            throw new IllegalArgumentException(
                    "it is open for %d h %d min; at most 16 h are allowed, so that every server has 8 h of rest"
                            .formatted(length.toHours(), length.toMinutesPart()));
        if (offsets(zone).map(offset -> daysBefore(opens, offset)).distinct().count() > 1)
            throw new IllegalArgumentException("""
                    %s in %s is before midnight UTC in one half of the year and after it in the other, so two \
                    nights would have one date; choose another hour, or give the hours in UTC\
                    """.formatted(opens, zone));
    }

    static CallWindow of(String text) {
        var parts = WRITTEN.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("it does not have the form HH:MM-HH:MM ZONE");
        return new CallWindow(time(parts.group(1)), time(parts.group(2)), zone(parts.group(3)));
    }

    private static LocalTime time(String text) {
        if (text.compareTo("23:59") > 0) throw new IllegalArgumentException(text + " is no time of day");
        return LocalTime.parse(text);
    }

    private static ZoneId zone(String name) {
        if (!name.equals("UTC")
                && !(name.contains("/") && ZoneId.getAvailableZoneIds().contains(name)))
            throw new IllegalArgumentException(
                    "%s is neither UTC nor a zone of the IANA database such as Europe/Berlin".formatted(name));
        return ZoneId.of(name);
    }

    private static Duration length(LocalTime opens, LocalTime closes) {
        var length = Duration.between(opens, closes);
        return length.isPositive() ? length : length.plusDays(1);
    }

    /** All offsets from UTC that the zone has and will have. */
    private static Stream<ZoneOffset> offsets(ZoneId zone) {
        var rules = zone.getRules();
        return Stream.of(
                        Stream.of(rules.getOffset(SINCE)),
                        rules.getTransitions().stream()
                                .filter(change -> change.getInstant().isAfter(SINCE))
                                .map(ZoneOffsetTransition::getOffsetAfter),
                        rules.getTransitionRules().stream().map(ZoneOffsetTransitionRule::getOffsetAfter))
                .flatMap(each -> each);
    }

    private static long daysBefore(LocalTime opens, ZoneOffset offset) {
        return Math.floorDiv(
                opens.toSecondOfDay() - offset.getTotalSeconds(),
                Duration.ofDays(1).toSeconds());
    }

    /** The window that is open at this time, or else the one that opens next. */
    public WindowSpan at(Instant now) {
        var day = LocalDate.ofInstant(now, zone).minusDays(1);
        while (!spanOf(day).closes().isAfter(now)) day = day.plusDays(1);
        return spanOf(day);
    }

    /** The window of a night. */
    public WindowSpan of(CensusNight night) {
        var day = night.date().minusDays(1);
        while (!spanOf(day).night().equals(night)) {
            if (day.isAfter(night.date().plusDays(1)))
                throw new IllegalStateException("no window of %s opens on %s".formatted(this, night));
            day = day.plusDays(1);
        }
        return spanOf(day);
    }

    /** Where a change of the clocks skips an hour in which it would open or close, it does so an hour later. */
    private WindowSpan spanOf(LocalDate day) {
        var lastDay = closes.isAfter(opens) ? day : day.plusDays(1);
        return new WindowSpan(
                day.atTime(opens).atZone(zone).toInstant(),
                lastDay.atTime(closes).atZone(zone).toInstant());
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return "%s-%s %s".formatted(opens, closes, zone);
    }
}
