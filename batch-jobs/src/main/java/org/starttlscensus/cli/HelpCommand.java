package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        description = "Show the help of a command, or its manual page.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  census help run",
            "  census help provider pause",
            "  census help --man run | man -l -                      the same as a manual page",
            "  census help --man-pages /usr/local/share/man/man1     a page of each command: man census-run"
        })
final class HelpCommand implements Callable<Integer> {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command (default: census itself).")
    private List<String> words = List.of();

    @Option(names = "--man", description = "Print it as a manual page, for man or groff.")
    private boolean asManualPage;

    @Option(names = "--man-pages", paramLabel = "DIR", description = "Write the manual pages of all commands there.")
    private @Nullable Path pages;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (pages != null) {
            Files.createDirectories(pages);
            spec.commandLine().getOut().printf("%d manual pages are in %s%n", write(root(), pages), pages);
            return ExitCode.OK;
        }
        var command = named();
        if (asManualPage) {
            spec.commandLine().getOut().print(ManPage.of(command.getCommandSpec()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        var arguments = new ArrayList<>(words);
        arguments.add("--help");
        return root().execute(arguments.toArray(String[]::new));
    }

    private CommandLine root() {
        return spec.root().commandLine();
    }

    private CommandLine named() {
        var command = root();
        for (var word : words) {
            var next = command.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "\"%s\" is no command; expected is one of: %s"
                                .formatted(
                                        word,
                                        String.join(
                                                ", ", command.getSubcommands().keySet())));
            }
            command = next;
        }
        return command;
    }

    private static int write(CommandLine command, Path directory) throws IOException {
        var spec = command.getCommandSpec();
        Files.writeString(directory.resolve(ManPage.name(spec) + ".1"), ManPage.of(spec));
        int pages = 1;
        for (var subcommand : command.getSubcommands().values()) pages += write(subcommand, directory);
        return pages;
    }
}
