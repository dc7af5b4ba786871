package org.starttlscensus.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import picocli.CommandLine.Option;

/** The night that a command reads. */
final class NightOption {

    @Option(
            names = "--night",
            paramLabel = "DATE",
            converter = NightConverter.class,
            description = "The night (default: the last one).")
    private @Nullable CensusNight night;

    Optional<CensusNight> given() {
        return Optional.ofNullable(night);
    }

    /** @throws RefusedRequestException if there is no such night */
    NightRow find(Database database) {
        var latest = latest(database);
        return given().map(wanted -> new Nights(database)
                        .find(wanted)
                        .orElseThrow(() -> new RefusedRequestException("%s has no night %s. The last one is %s."
                                .formatted(Printable.line(database.where()), wanted, latest.night()))))
                .orElse(latest);
    }

    /** @throws RefusedRequestException if there is no night yet */
    static NightRow latest(Database database) {
        return new Nights(database)
                .latest()
                .orElseThrow(() -> new RefusedRequestException(
                        "%s has no night yet. The first `census run` or `census demo` makes one."
                                .formatted(Printable.line(database.where()))));
    }
}
