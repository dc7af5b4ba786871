package org.starttlscensus.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.settings.SettingsReader;

/**
 * Where a night leaves files. Those of a lab are beside the lab's database, so that no published folder has them
 * together with the nights of the Internet, and one {@code rm -r} removes them.
 *
 * @param published the folder of all nights' results
 * @param state     the folder of what is kept for a while: rejected lines, lists from standard input
 */
record NightFolders(Path published, Path state) {

    /** What {@code --out} is if it is not given, for the help of commands. */
    static final String DEFAULT = "datasets/published; in a lab the folder published beside its database";

    private static final Path LAB = Path.of(".census/lab");

    static NightFolders of(CensusSettings settings) {
        var home = SettingsReader.home();
        if (settings.lab().isEmpty())
            return new NightFolders(home.resolve("datasets/published"), home.resolve(".census"));
        var beside = switch (settings.database()) {
            case DatabaseSettings.Embedded(var directory) -> Optional.ofNullable(directory.getParent());
            case DatabaseSettings.Server _ -> Optional.<Path>empty();
        };
        var state = beside.orElseGet(() -> home.resolve(LAB));
        return new NightFolders(state.resolve("published"), state);
    }

    /**
     * The folder of all nights' results that a command looks into: the one that was named, that of the demo, or the one
     * that a run with these settings publishes in. So what is done in a lab never reaches nights of the Internet.
     */
    static Path published(@Nullable Path named, LookingOptions options, CensusSettings settings) {
        if (named != null) return named;
        return options.isDemo()
                ? DemoHome.ofThisProgram().published()
                : of(settings).published();
    }

    /** The folder of a lab that {@code census lab} opens, without its database and results. */
    static Path lab() {
        return SettingsReader.home().resolve(LAB);
    }

    /** Where the lines of lists that name no mail domain are written. */
    Path rejected(CensusNight night) {
        return state.resolve("rejected").resolve(night.toString());
    }

    /** The same before it is known which night it will be. */
    Path rejected(Optional<CensusNight> night) {
        return night.map(this::rejected)
                .orElseGet(() -> state.resolve("rejected").resolve("before-a-night"));
    }

    /** Where lists are kept that came on standard input. */
    Path lists() {
        return state.resolve("lists");
    }

    /**
     * Nights of a lab have their own database: nights go forward, so one of a lab would stand before those of the
     * Internet for ever.
     *
     * @throws RefusedRequestException if they would be stored in the database that nights of the Internet use
     */
    static void requireOwnDatabase(CensusSettings settings) {
        var usual = SettingsReader.home().resolve(".census/pg");
        if (settings.lab().isEmpty() || !settings.database().equals(new DatabaseSettings.Embedded(usual))) return;
        throw new RefusedRequestException("""
                census.lab.networks is set, but %s is the database for nights of the Internet. Nothing was made, and \
                no server was called. Give the lab a database of its own, as the settings do that `census lab` \
                prints: --set census.database.directory=%s""".formatted(
                        Printable.line(usual.toString()),
                        Printable.line(lab().resolve("pg").toString())));
    }
}
