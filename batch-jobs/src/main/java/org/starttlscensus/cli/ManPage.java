package org.starttlscensus.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page of a command, made of what its {@code --help} says. Picocli's own generator makes AsciiDoc, and needs
 * 60 MB of Asciidoctor and JRuby to make a page of that.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/groff_man.7.html">groff_man(7)</a>
 */
final class ManPage {

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    static String of(CommandSpec command) {
        return new ManPage().write(command);
    }

    /** For {@code census provider pause} it is {@code census-provider-pause}. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    private String write(CommandSpec command) {
        var usage = command.usageMessage();
        var description = lines(usage.description());
        var name = name(command);
        page.append(".TH %s 1 \"\" \"STARTTLS Census\" \"STARTTLS Census\"\n"
                .formatted(escaped(name.toUpperCase(Locale.ROOT))));
        page.append(".nh\n.ad l\n"); // no hyphens in names, no wide blanks
        section("NAME");
        text("%s - %s".formatted(name, description.getFirst().replaceFirst("[.]$", "")));
        section("SYNOPSIS");
        text(new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip());
        section("DESCRIPTION");
        description.forEach(line -> {
            page.append(".PP\n");
            text(line);
        });
        arguments(command);
        if (!command.subcommands().isEmpty()) {
            section("COMMANDS");
            command.subcommands()
                    .forEach((word, each) -> item(
                            word,
                            lines(each.getCommandSpec().usageMessage().description())
                                    .getFirst()));
        }
        section("EXIT STATUS");
        usage.exitCodeList().forEach(this::item);
        section("EXAMPLES");
        page.append(".nf\n");
        Arrays.stream(usage.footer()).forEach(line -> text(line.formatted()));
        page.append(".fi\n");
        seeAlso(command);
        return page.toString();
    }

    private void arguments(CommandSpec command) {
        section("OPTIONS");
        Stream.<ArgSpec>concat(command.positionalParameters().stream(), command.options().stream())
                .filter(argument -> !argument.hidden())
                .forEach(argument -> item(label(argument), String.join(" ", lines(argument.description()))));
    }

    private static String label(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) return argument.paramLabel();
        var names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private void seeAlso(CommandSpec command) {
        var others = Stream.concat(
                        Stream.ofNullable(command.parent()),
                        command.subcommands().values().stream().map(each -> each.getCommandSpec()))
                .map(other -> "\\fB%s\\fR(1)".formatted(escaped(name(other))))
                .collect(Collectors.joining(", "));
        section("SEE ALSO");
        page.append(others).append('\n');
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void item(String label, String words) {
        page.append(".TP\n\\fB").append(escaped(label)).append("\\fR\n");
        text(words);
    }

    /** A line that begins with a dot would be a request. */
    private void text(String line) {
        var escaped = escaped(line);
        page.append(escaped.startsWith(".") ? "\\&" : "").append(escaped).append('\n');
    }

    private static List<String> lines(String[] description) {
        return Arrays.stream(description)
                .flatMap(line -> line.formatted().lines())
                .toList();
    }

    /** Characters that groff would print as others, so that an example can be copied out of the page. */
    private static String escaped(String text) {
        return text.replace("\\", "\\(rs")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti");
    }
}
