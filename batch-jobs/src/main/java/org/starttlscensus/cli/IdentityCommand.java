package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.ProbingFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "identity",
        description = {
            "Who calls from here, and where others find that out: the addresses and names of the calls, and where each "
                    + "page belongs. Only reads the settings.",
            "`write` makes the pages, `check` looks whether they are served and true."
        },
        mixinStandardHelpOptions = true,
        subcommands = {IdentityWriteCommand.class, IdentityCheckCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:told", "2:a setting is wrong or missing"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census identity",
            "  census identity write --operator \"Example University\" --out www",
            "  census identity check"
        })
final class IdentityCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var sources = IdentitySources.of(settings);
        var contact = IdentitySources.contact(settings);
        var page = IdentitySources.page(settings);
        var out = spec.commandLine().getOut();
        out.printf("Contact: %s%nPage:    %s%n%nCalls come from%n", contact, page);
        for (var source : sources) out.printf("  %-40s EHLO %s%n", source.address(), source.name());
        out.printf("%nWhat belongs where (census identity write makes the files):%n");
        out.printf("  index.html                 %s%n", page);
        out.printf("  sources.json               %s%n", IdentityPage.sourcesFile(page));
        sources.stream()
                .map(source -> ProbingFile.at(source, ProbingFile.PROBING))
                .distinct()
                .forEach(place -> out.printf("  .well-known/probing.txt    %s%n", place));
        sources.stream()
                .map(source -> ProbingFile.at(source, ProbingFile.SECURITY))
                .distinct()
                .forEach(place -> out.printf("  .well-known/security.txt   %s%n", place));
        out.printf("%ndocs/identity.md says more.%n");
        out.flush();
        return ExitCode.OK;
    }
}
