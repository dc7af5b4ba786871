package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.CLOCK;
import static org.starttlscensus.preflight.PreflightCheck.DATABASE;
import static org.starttlscensus.preflight.PreflightCheck.DISK;
import static org.starttlscensus.preflight.PreflightCheck.JAVA;
import static org.starttlscensus.preflight.PreflightCheck.LISTS;
import static org.starttlscensus.preflight.PreflightCheck.OPEN_FILES;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.notAsked;
import static org.starttlscensus.preflight.PreflightFinding.refuse;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.starttlscensus.settings.DatabaseSettings;

/** What must be true of this machine and its database. Reads only. */
final class MachineChecks {

    private static final int TRIED_JAVA = 25;
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
    private static final Duration OLD_LIST = Duration.ofDays(14);

    /** The least that must be free: two nights of a list of a million domains take about that much. */
    static final long LEAST_FREE = 8L << 30;

    /** The class files, the database's pool, logs, and what the JVM itself has open. */
    private static final int OTHER_FILES = 256;

    private static final Pattern MOST_OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\S+)");

    private MachineChecks() {}

    static PreflightFinding java(int feature) {
        var seen = "Java " + feature;
        return feature == TRIED_JAVA
                ? fine(JAVA, "", seen)
                : warn(JAVA, "", seen, "use a JDK 25: JAVA_HOME, or a folder below /usr/lib/jvm");
    }

    static PreflightFinding database(DatabaseCondition condition) {
        return switch (condition) {
            case DatabaseCondition.UsableDatabase _ -> fine(DATABASE, "", "it can be used");
            case DatabaseCondition.NoDatabaseYet(var seen) -> notAsked(DATABASE, "", seen);
            case DatabaseCondition.UnusableDatabase(var seen) ->
                refuse(DATABASE, "", seen, "mend that; census database and docs/database.md tell more");
        };
    }

    static PreflightFinding clock(DatabaseCondition condition) {
        return condition
                .knownClockAhead()
                .map(ahead -> ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0
                        ? fine(CLOCK, "", "this machine and the database agree within 5 s")
                        : warn(
                                CLOCK,
                                "",
                                "this machine is %,d s %s the database"
                                        .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
                                "set one of them right, by NTP; the database's time is used"))
                .orElseGet(() -> notAsked(CLOCK, "", "no database to compare with"));
    }

    /** @param free of the disk on which the embedded database is or would be */
    static PreflightFinding disk(DatabaseSettings settings, long octetsPerNight, FreeSpace free) {
        return switch (settings) {
            case DatabaseSettings.Server _ ->
                notAsked(DISK, "", "the database is on a server of yours, whose disk cannot be seen from here");
            case DatabaseSettings.Embedded(var directory) -> {
                var needed = Math.max(LEAST_FREE, 2 * octetsPerNight);
                var left = free.below(directory);
                if (left.isEmpty()) yield notAsked(DISK, directory.toString(), "its disk does not say what is free");
                var seen =
                        "%,d MiB are free, two nights may take %,d MiB".formatted(left.getAsLong() >> 20, needed >> 20);
                yield left.getAsLong() >= needed
                        ? fine(DISK, directory.toString(), seen)
                        : refuse(
                                DISK,
                                directory.toString(),
                                seen,
                                "free some, drop old months (census prune), or set census.database.directory to a "
                                        + "larger disk");
            }
        };
    }

    /** How much the disk has left below a folder that may not exist yet. */
    interface FreeSpace {
        OptionalLong below(Path directory);
    }

    static OptionalLong freeSpace(Path directory) {
        for (var folder = directory; folder != null; folder = folder.getParent()) {
            if (!Files.exists(folder)) continue;
            try {
                return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
            } catch (IOException unknown) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /**
     * @param limits  as Linux shows them in {@code /proc/self/limits}; empty elsewhere
     * @param sockets that calls and questions to the DNS may have open together
     */
    static PreflightFinding openFiles(Optional<String> limits, int sockets) {
        var found = limits.map(MOST_OPEN_FILES::matcher).filter(matcher -> matcher.find());
        if (found.isEmpty()) return notAsked(OPEN_FILES, "", "this system does not say how many may be open");
        var most = found.get().group(1);
        var needed = sockets + OTHER_FILES;
        var seen = "%s may be open, a night needs %,d".formatted(most, needed);
        return most.equals("unlimited") || Long.parseLong(most) >= needed
                ? fine(OPEN_FILES, "", seen)
                : refuse(OPEN_FILES, "", seen, "ulimit -n 4096, or LimitNOFILE=4096 in the systemd unit");
    }

    static Optional<String> limits() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    static List<PreflightFinding> lists(List<Path> lists, Instant now) {
        if (lists.isEmpty())
            return List.of(notAsked(LISTS, "", "census.lists is not set; census run --list FILE names them"));
        return lists.stream().map(list -> list(list, now)).toList();
    }

    private static PreflightFinding list(Path list, Instant now) {
        try {
            var age = Duration.between(Files.getLastModifiedTime(list).toInstant(), now);
            var seen = "%,d days old".formatted(Math.max(0, age.toDays()));
            return age.compareTo(OLD_LIST) <= 0
                    ? fine(LISTS, list.toString(), seen)
                    : warn(LISTS, list.toString(), seen, "fetch a newer edition");
        } catch (IOException missing) {
            return warn(LISTS, list.toString(), "it is not there, or may not be read", "fetch it, or name another one");
        }
    }
}
