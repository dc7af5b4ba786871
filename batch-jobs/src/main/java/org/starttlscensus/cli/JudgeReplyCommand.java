package org.starttlscensus.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.starttlscensus.cli.JudgeAnswer.ReplyAnswer;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.smtp.ReplyParser;
import picocli.CommandLine.Command;

@Command(
        name = "reply",
        description = "Classify an SMTP server's reply, as the census does for its own calls.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"phase\":\"starttls\",\"reply\":\"454 4.7.0 TLS not available\",\"advertised\":true}",
            "  phase       banner, ehlo, starttls or after_tls",
            "  reply       the text as received; \\n or \\r\\n between its lines. Lines without",
            "              a reply code are ignored",
            "  advertised  whether the reply to EHLO offered STARTTLS; only used for phase",
            "              starttls (default: true)",
            "",
            "The line out:",
            "  {\"class\":\"tls_unavailable\",\"rule\":\"...\",\"retry_after_seconds\":null}",
            "  class                ok, no_starttls, muted, stripped, blocked_reputation,",
            "                       blocked_suspected, rate_limited, greylisted,",
            "                       temporary_unavailable, tls_unavailable,",
            "                       policy_requires_tls, not_smtp (no line has a code), other",
            "  rule                 the rule that matched",
            "  retry_after_seconds  how long the reply asks us to wait, or null",
            "",
            "A line that is not such a case, or is longer than 65,536 octets, is answered by",
            "  {\"error\":\"...\",\"line\":7}",
            "and the next line is read. The exit code is still 0.",
            "",
            "Examples:",
            "  echo '{\"phase\":\"banner\",\"reply\":\"421 4.7.0 try again in 5 minutes\"}' \\",
            "      | census judge reply"
        })
final class JudgeReplyCommand extends JudgeLinesCommand {

    private static final int LONGEST_LINE = 64 * 1024;
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    private static final Pattern REPLY_LINE = Pattern.compile("[2-5]\\d\\d(?:[ -].*)?", Pattern.DOTALL);

    JudgeReplyCommand() {
        this(System.in);
    }

    JudgeReplyCommand(InputStream in) {
        super(in, LONGEST_LINE);
    }

    @Override
    ReplyAnswer judge(JsonCase given) throws UnreadableCaseException {
        var phase = phase(given.text("phase"));
        var advertised = given.flag("advertised", true);
        var judged = reply(given.text("reply"))
                .map(reply -> ReplyClassifier.judge(phase, advertised, reply))
                .orElseGet(ReplyClassifier::unparsable);
        return new ReplyAnswer(
                judged.replyClass().label(),
                judged.ruleId(),
                judged.retryAfter().map(Duration::toSeconds));
    }

    private static CallPhase phase(String text) throws UnreadableCaseException {
        return switch (text) {
            case "banner" -> CallPhase.BANNER;
            case "ehlo" -> CallPhase.EHLO;
            case "starttls" -> CallPhase.STARTTLS;
            case "after_tls", "after-tls" -> CallPhase.AFTER_TLS;
            default ->
                throw new UnreadableCaseException( // the text comes from outside, so any value is possible
                        "\"phase\" is \"%s\"; expected is one of: banner, ehlo, starttls, after_tls".formatted(text));
        };
    }

    /**
     * Parses strictly, as in a call. If that fails, takes only the lines with a code, as replies are quoted in logs.
     */
    private static Optional<SmtpReply> reply(String text) {
        var octets = Octets.of(text.getBytes(StandardCharsets.UTF_8));
        return ReplyParser.parse(octets).or(() -> {
            var lines = LINE_END.splitAsStream(octets.latin1())
                    .filter(line -> REPLY_LINE.matcher(line).matches())
                    .collect(Collectors.joining("\r\n"));
            return lines.isEmpty() ? Optional.empty() : Optional.of(SmtpReply.of(Octets.of(lines)));
        });
    }
}
