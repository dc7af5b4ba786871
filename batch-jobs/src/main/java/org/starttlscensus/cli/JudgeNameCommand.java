package org.starttlscensus.cli;

import java.io.InputStream;
import java.util.Optional;
import org.starttlscensus.cli.JudgeAnswer.NameAnswer;
import org.starttlscensus.names.AsciiName;
import org.starttlscensus.names.DomainNames;
import picocli.CommandLine.Command;

@Command(
        name = "name",
        description = {
            "Convert a domain name to A-labels.",
            "Follows UTS #46, non-transitional, with STD3 rules, Bidi and joiner checks, and DNS length limits."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"input\":\"B\\u00fccher.example\"}",
            "",
            "The line out:",
            "  {\"ascii\":\"xn--bcher-kva.example\"}    lower case; a final dot is kept",
            "  {\"reason\":\"disallowed_character\"}    why it is not a name",
            "",
            "A line that is not such a case, or is longer than 65,536 octets, is answered by",
            "  {\"error\":\"...\",\"line\":7}",
            "and the next line is read. The exit code is still 0.",
            "",
            "Examples:",
            "  echo '{\"input\":\"B\\u00fccher.example\"}' | census judge name"
        })
final class JudgeNameCommand extends JudgeLinesCommand {

    private static final int LONGEST_LINE = 64 * 1024;

    JudgeNameCommand() {
        this(System.in);
    }

    JudgeNameCommand(InputStream in) {
        super(in, LONGEST_LINE);
    }

    @Override
    NameAnswer judge(JsonCase given) throws UnreadableCaseException {
        return switch (DomainNames.toAscii(given.text("input"))) {
            case AsciiName.Converted(var ascii) -> new NameAnswer(Optional.of(ascii), Optional.empty());
            case AsciiName.Refused(var reason) -> new NameAnswer(Optional.empty(), Optional.of(reason.label()));
        };
    }
}
