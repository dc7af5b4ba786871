package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "lists",
        description = {
            "The lists of domains that a run reads: where they came from, how old and how long they are. Only reads.",
            "A list is in the setting census.lists, or was brought by `census lists fetch`."
        },
        mixinStandardHelpOptions = true,
        subcommands = ListsFetchCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {"  census lists", "  census lists --json", "  census lists fetch tranco"})
final class ListsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() {
        var now = InstantSource.system().instant();
        var listed = listed(options.read(), folder(), now);
        output.print(() -> new ListsJson(listed), out -> {
            print(listed, out);
            options.printFile(out);
        });
        return ExitCode.OK;
    }

    /** Where fetched lists are kept. */
    static Path folder() {
        return SettingsReader.home().resolve(".census/fetched");
    }

    /** First those that a run reads, in that order; then what was fetched beside them. */
    static List<ListJson> listed(CensusSettings settings, Path folder, Instant now) {
        var files = new LinkedHashSet<Path>();
        for (var file : settings.lists()) files.add(file.toAbsolutePath().normalize());
        var configured = List.copyOf(files);
        try {
            if (Files.isDirectory(folder)) {
                try (var fetched = Files.list(folder)) {
                    fetched.filter(ListsCommand::isList)
                            .map(file -> file.toAbsolutePath().normalize())
                            .sorted()
                            .forEach(files::add);
                }
            }
            var listed = new ArrayList<ListJson>();
            for (var file : files) listed.add(ListJson.of(file, configured.contains(file), now));
            return listed;
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    static UnwrittenFileException unusable(Path folder, IOException cause) {
        return new UnwrittenFileException("""
                the lists in %s cannot be read or written (%s). Nothing was changed. Free some space, or correct the \
                permissions.""".formatted(folder, cause), cause);
    }

    private static boolean isList(Path file) {
        var name = file.getFileName().toString();
        return !name.startsWith(".") && !name.endsWith(".edition");
    }

    private static void print(List<ListJson> listed, PrintWriter out) {
        if (listed.isEmpty()) {
            out.println("""
                    No list is named in census.lists, and none was fetched.
                    To bring one: census lists fetch tranco. Then name its file in census.lists or with --list.""");
        }
        for (var list : listed) {
            out.printf(
                    "%s (%s)%n",
                    Printable.line(list.file()), list.isConfigured() ? "a run reads it" : "not in census.lists");
            if (!list.isThere()) {
                out.println("  there is no such file, so a run would be refused");
                continue;
            }
            out.printf(
                    "  called \"%s\" in the results; %,d bytes%n",
                    list.listId(), list.bytes().orElse(0L));
            list.lines().ifPresent(lines -> out.printf("  %,d lines%n", lines));
            out.printf("  SHA-256 %s%n", list.sha256().orElse("unknown"));
            list.url().ifPresent(url -> out.printf("  fetched from %s%n", Printable.line(url)));
            list.since()
                    .ifPresent(since -> out.printf(
                            "  of %s, %s old%n",
                            SkipWords.time(since),
                            Durations.of(Duration.ofSeconds(list.ageSeconds().orElse(0L)))));
        }
    }
}
