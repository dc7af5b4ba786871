package org.starttlscensus.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.starttlscensus.cli.JudgeAnswer.ReplyAnswer;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Octets;
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
            "  reply       the text as received; \\n or \\r\\n between its lines. It is read as in",
            "              a call: lines without a code are passed over, and what follows",
            "              the last line of the reply is no part of it",
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
        var octets = Octets.of(given.text("reply").getBytes(StandardCharsets.UTF_8));
        var judged = ReplyParser.parse(octets)
                .map(reply -> ReplyClassifier.judge(phase, advertised, reply))
                .orElseGet(() -> ReplyClassifier.judgeUnreadable(phase, octets));
        return new ReplyAnswer(
                judged.replyClass().label(),
                judged.ruleId(),
                judged.retryAfter(Clock.systemUTC().instant()).map(Duration::toSeconds));
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
}
