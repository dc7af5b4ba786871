package org.starttlscensus.cli;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.cli.JudgeAnswer.DaneAnswer;
import org.starttlscensus.dane.DaneFinding;
import org.starttlscensus.dane.DaneJudge;
import org.starttlscensus.dane.TlsaRecord;
import org.starttlscensus.fact.Hostname;
import picocli.CommandLine.Command;

@Command(
        name = "dane",
        description = {
            "Judge the certificates that a mail server sent against its TLSA records, as a mail sender "
                    + "does (RFC 7672).",
            "Nothing is looked up: the records are taken as if DNSSEC protected them."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"tlsa\":[\"3 1 1 ab12...\"],\"chain\":[PEM...],\"names\":[\"mx.example.org\"],",
            "   \"at\":\"2026-11-23T00:00:00Z\"}            (on one line)",
            "  tlsa   the TLSA records: usage, selector, matching type, data in hexadecimal",
            "  chain  as the server sent it, its own certificate first",
            "  names  the names that its certificate may be for; usage 2 needs one of them, and",
            "         usage 3 asks for none (default: no names)",
            "  at     the time for which to judge (default: now)",
            "",
            "The line out:",
            "  {\"dane\":\"pass\",\"depth\":0,\"reasons\":[\"3 1 1: matches the server's own certificate\"]}",
            "  dane     pass; fail (a record is usable, and none matches as it must); unusable",
            "           (there are records, and no mail sender can use any); none (no record);",
            "           error (a limit of ours ended the search, so nothing is known)",
            "  depth    which certificate matches, or was signed by the key of a record: 0 for",
            "           the server's own, 1 for its issuer; also if that is not enough; or null",
            "  reasons  in words, for people",
            "",
            "Usages 0 and 1 are unusable for mail. Of several digests of one usage and selector",
            "only the strongest counts. An issuer counts only if the server sent its certificate,",
            "or if a record holds all of it.",
            "",
            "A line that is not such a case, or is longer than 8,388,608 octets, is answered by",
            "  {\"error\":\"...\",\"line\":7}",
            "and the next line is read. The exit code is still 0.",
            "",
            "Examples:",
            "  jq -cn --rawfile c chain.pem --arg t \"$(dig +short TLSA _25._tcp.mx.example.org)\" \\",
            "      '{tlsa:($t|split(\"\\n\")),chain:[$c],names:[\"mx.example.org\"]}' | census judge dane"
        })
final class JudgeDaneCommand extends JudgeLinesCommand {

    /** Enough for a hundred certificates, and for more records than DNS can carry. */
    private static final int LONGEST_LINE = 8 * 1024 * 1024;

    private final InstantSource clock;

    JudgeDaneCommand() {
        this(System.in, InstantSource.system());
    }

    JudgeDaneCommand(InputStream in, InstantSource clock) {
        super(in, LONGEST_LINE);
        this.clock = clock;
    }

    @Override
    DaneAnswer judge(JsonCase given) throws UnreadableCaseException {
        var records = records(given.texts("tlsa"));
        var chain = JudgeChainCommand.ders(given.texts("chain"));
        var at = given.has("at") ? JudgeChainCommand.instant(given.text("at")) : clock.instant();
        var reasons = new ArrayList<String>();
        var names = new ArrayList<Hostname>();
        for (var name : given.has("names") ? given.texts("names") : List.<String>of()) {
            JudgeChainCommand.hostname(name)
                    .ifPresentOrElse(
                            names::add,
                            () -> reasons.add(
                                    "\"%s\" is not a host name, so no certificate is for it".formatted(name)));
        }
        var verdict = DaneJudge.judge(records, chain, names, at);
        reasons.addAll(0, verdict.findings().stream().map(DaneFinding::words).toList());
        return new DaneAnswer(verdict.status().label(), verdict.depth(), reasons);
    }

    private static List<TlsaRecord> records(List<String> texts) throws UnreadableCaseException {
        var records = new ArrayList<TlsaRecord>();
        for (var text : texts) {
            try {
                records.add(TlsaRecord.parse(text));
            } catch (IllegalArgumentException wrong) {
                throw new UnreadableCaseException(
                        "\"tlsa\" has \"%s\"; %s".formatted(shortened(text), wrong.getMessage()));
            }
        }
        return records;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
