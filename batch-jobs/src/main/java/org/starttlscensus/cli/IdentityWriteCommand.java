package org.starttlscensus.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.starttlscensus.identity.Operator;
import org.starttlscensus.settings.CensusSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "write",
        description = {
            "Make the pages that say who calls: index.html (who, why, what is sent and stored, how to opt out), "
                    + ".well-known/probing.txt (RFC 9511), .well-known/security.txt (RFC 9116), sources.json for "
                    + "programs.",
            "In not-served/ are entries for lists of known scanners and a letter to postmasters, to be sent before the "
                    + "first night. probing.txt expires after 180 days: write it anew before, with --replace."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "2:a setting is wrong or missing, or the files exist already",
            "5:the folder cannot be written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census identity write --operator \"Example University, network group\" --out www",
            "  census identity write --operator \"Jane Doe\" --answers-within 5 --out www --replace"
        })
final class IdentityWriteCommand implements Callable<Integer> {

    @Option(
            names = "--operator",
            required = true,
            paramLabel = "NAME",
            description = "Who runs this census: a person or an organisation, as others are told.")
    private String operator = "";

    @Option(
            names = "--answers-within",
            paramLabel = "DAYS",
            converter = CountConverter.class,
            defaultValue = "2",
            description = "Within how many working days you answer whoever writes (default: 2).")
    private int days;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write into.")
    private Path folder = Path.of("");

    @Option(names = "--replace", description = "Replace files of an earlier time.")
    private boolean replaces;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var now = InstantSource.system().instant();
        var written = IdentityFiles.write(folder, IdentityFiles.of(operator(settings), now), replaces);
        var out = spec.commandLine().getOut();
        written.forEach(file -> out.println(Printable.line(file.toString())));
        out.printf(
                "%nServe all of %s but not-served/ over HTTPS, under %s and under each name of a source.%n"
                        + "Then: census identity check%n",
                Printable.line(folder.toString()), IdentitySources.page(settings));
        out.flush();
        return ExitCode.OK;
    }

    private Operator operator(CensusSettings settings) {
        try {
            return new Operator(
                    operator,
                    IdentitySources.contact(settings),
                    IdentitySources.page(settings),
                    IdentitySources.of(settings),
                    days,
                    settings.window().toString(),
                    settings.retention().contactLog().toDays());
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()), refused);
        }
    }
}
