package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.ListInspection;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.RequestedList;
import org.starttlscensus.job.RequestedLists;
import org.starttlscensus.lists.KeptInput;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The lists of domains that a command reads. */
final class ListOptions {

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "A list of domains: one per line, rank,domain (Tranco), or columns under a header, as CrUX, "
                    + "Majestic and DomCop have them; also .gz and .zip; - for standard input. May be repeated. A date "
                    + "in the file name is no part of the list's name.")
    private List<Path> names = List.of();

    @Option(
            names = "--tolerate-malformed",
            paramLabel = "PERCENT",
            converter = ToleranceConverter.class,
            description = "Accept a list with up to this percentage of bad lines (default: 1).")
    private ListTolerance tolerance = ListTolerance.ORDINARY;

    @Option(
            names = "--accept-shorter-list",
            description = "Accept a list that has lost half or more of the lines or bytes of the largest edition of "
                    + "the last seven nights.")
    private boolean acceptShorterList;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean areGiven() {
        return !names.isEmpty();
    }

    ListTolerance tolerance() {
        return acceptShorterList ? tolerance.acceptingShorter() : tolerance;
    }

    /**
     * The lists of a run. Standard input is read and kept aside here. A run that names no list, where the settings have
     * none either, reads what was kept aside for its night.
     */
    RequestedLists ofNight(CensusSettings settings, CensusNight night, Instant now) {
        try {
            if (names.isEmpty() && settings.lists().isEmpty()) {
                var kept = KeptInput.last(folder(settings), night.toString());
                if (kept.isPresent()) {
                    spec.commandLine()
                            .getErr()
                            .printf(
                                    "census: no list is named; the one that was kept of night %s's standard input is "
                                            + "read: %s%n",
                                    night, Printable.line(kept.get().toString()));
                    return new RequestedLists(List.of(RequestedList.standardInput(kept.get())), false);
                }
            }
            return lists(settings, night.toString(), now);
        } catch (IOException e) {
            throw new UnkeptInputException(folder(settings), e);
        }
    }

    /** The lists of a night that is only tried out: no run reads what is kept aside for it. */
    RequestedLists triedOut(CensusSettings settings, Instant now) {
        try {
            return lists(settings, "tried", now);
        } catch (IOException e) {
            throw new UnkeptInputException(folder(settings), e);
        }
    }

    private RequestedLists lists(CensusSettings settings, String purpose, Instant now) throws IOException {
        requireOneInput();
        var named = new ArrayList<RequestedList>();
        for (var name : names)
            named.add(isStandardInput(name) ? input(folder(settings), purpose, now) : RequestedList.of(name));
        return RequestedLists.of(named, settings.lists());
    }

    /**
     * Where the database is still to be made, the lists are read as the night would read them, before anything is made.
     * Standard input is not: it can be read once, and the night reads it under the run lock.
     */
    void requireUsable(CensusSettings settings, Path rejectedLines, Progress progress) {
        requireOneInput();
        ListInspection.requireReadable(names.stream()
                .filter(name -> !isStandardInput(name))
                .map(RequestedList::of)
                .toList());
        if (Databases.isThere(settings.database())) return;
        var files = names.isEmpty() ? settings.lists() : names;
        if (files.stream().anyMatch(ListOptions::isStandardInput)) return;
        // it may have the list of a night that died before it had any
        if (files.isEmpty() && Files.isDirectory(folder(settings))) return;
        ListInspection.require(files.stream().map(RequestedList::of).toList(), tolerance(), rejectedLines, progress);
    }

    private void requireOneInput() {
        if (names.stream().filter(ListOptions::isStandardInput).count() > 1)
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--list - was given twice; standard input can be read once");
    }

    private static boolean isStandardInput(Path name) {
        return name.toString().equals(RequestedList.STANDARD_INPUT);
    }

    private static RequestedList input(Path folder, String purpose, Instant now) throws IOException {
        var kept = KeptInput.keep(System.in, folder, purpose, now);
        if (Files.size(kept) == 0) {
            Files.delete(kept);
            throw new RefusedRequestException("standard input was empty; expected a list of domains, for example: "
                    + "zcat domains.gz | census run --list -. No domain was looked up or called.");
        }
        return RequestedList.standardInput(kept);
    }

    private static Path folder(CensusSettings settings) {
        return NightFolders.of(settings).lists();
    }
}
