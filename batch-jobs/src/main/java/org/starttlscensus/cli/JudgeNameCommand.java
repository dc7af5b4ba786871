package org.starttlscensus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.starttlscensus.names.AsciiName;
import org.starttlscensus.names.DomainNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "name",
        description = {"A domain name to A-labels.",
            "By UTS #46, non-transitional, with STD3 rules, Bidi and joiner checks, and DNS lengths."},
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"input\":\"B\\u00fccher.example\"}",
            "",
            "The line out:",
            "  {\"ascii\":\"xn--bcher-kva.example\"}    lower case; a final dot is kept",
            "  {\"reason\":\"disallowed_character\"}    why it is no name",
            "",
            "A line that is no such case, or is longer than 65,536 octets, is answered by",
            "  {\"error\":\"...\",\"line\":7}",
            "and the next one is read. The exit code is 0 all the same.",
            "",
            "Examples:",
            "  echo '{\"input\":\"B\\u00fccher.example\"}' | census judge name"})
final class JudgeNameCommand implements Callable<Integer> {

    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;

    @Spec
    private CommandSpec spec;

    JudgeNameCommand() {
        this(System.in);
    }

    JudgeNameCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        return JsonLines.answer(in, spec.commandLine().getOut(), LONGEST_LINE, given -> answer(given.text("input")));
    }

    private static Map<String, ?> answer(String name) {
        return switch (DomainNames.toAscii(name)) {
            case AsciiName.Converted(var ascii) -> Map.of("ascii", ascii);
            case AsciiName.Refused(var reason) -> Map.of("reason", reason.label());
        };
    }
}
