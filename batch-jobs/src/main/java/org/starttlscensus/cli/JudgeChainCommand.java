package org.starttlscensus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.cli.JudgeAnswer.ChainAnswer;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.names.AsciiName;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.tls.CertificateReader;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.NameJudge;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Pem;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine.Command;

@Command(
        name = "chain",
        description = {
            "What a certificate chain is worth, and whether it is for a name.",
            "Nothing is fetched, and revocation is not asked for."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"chain\":[PEM...],\"roots\":[PEM...],\"name\":\"mx.example.org\",",
            "   \"at\":\"2026-11-23T00:00:00Z\"}            (on one line)",
            "  chain  as the server sent it, its own certificate first",
            "  roots  whom to trust (default: the Mozilla roots that the program brings)",
            "  name   the server's name, A-labels or U-labels (default: none is compared)",
            "  at     the time to judge at (default: now)",
            "",
            "The line out:",
            "  {\"chain\":\"expired\",\"name\":\"match\",\"weak\":false,\"reasons\":[\"...\"],\"millis\":0.4}",
            "  chain    trusted, expired, not_yet_valid, untrusted_root, incomplete,",
            "           self_signed, name_constraint, wrong_usage, invalid_ca, none (no",
            "           certificate), malformed (one that is needed cannot be read)",
            "  name     match, mismatch, cn_only (the common name alone would match; RFC 9525",
            "           forbids it), or null where none was given",
            "  weak     whether a key or signature on the path is",
            "  reasons  in words, for people",
            "  millis   the time that it took",
            "",
            "A line that is no such case, or is longer than 8,388,608 octets, is malformed, too,",
            "and its answer has \"error\":\"...\",\"line\":7 besides. The next one is read, and the",
            "exit code is 0 all the same.",
            "",
            "Examples:",
            "  jq -cn --rawfile c chain.pem '{chain:[$c],name:\"mx.example.org\"}' \\",
            "      | census judge chain"
        })
final class JudgeChainCommand extends JudgeLinesCommand {

    /** A chain and its roots may each have a hundred certificates. */
    private static final int LONGEST_LINE = 8 * 1024 * 1024;

    private final InstantSource clock;
    private @Nullable ChainJudge mozilla;

    JudgeChainCommand() {
        this(System.in, InstantSource.system());
    }

    JudgeChainCommand(InputStream in, InstantSource clock) {
        super(in, LONGEST_LINE);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        ChainJudge.warmUp();
        return super.call();
    }

    @Override
    ChainAnswer judge(JsonCase given) throws UnreadableCaseException {
        var reasons = new ArrayList<String>();
        var chain = ders(given.texts("chain"));
        var at = given.has("at") ? instant(given.text("at")) : clock.instant();
        var judge = given.has("roots") ? trusting(given.texts("roots"), reasons) : mozilla();
        var asked = given.findText("name");
        var started = System.nanoTime();
        var verdict = judge.judge(chain, at);
        var name = asked.filter(_ -> !chain.isEmpty()).map(text -> match(chain.getFirst(), text, reasons));
        var took = System.nanoTime() - started;
        reasons.addAll(verdict.reasons());
        return new ChainAnswer(
                verdict.status().label(),
                name.map(NameMatch::label),
                verdict.weakKey() || verdict.weakSignature(),
                reasons,
                Math.round(took / 100_000.0) / 10.0);
    }

    @Override
    Optional<ChainAnswer> unreadable(String words) {
        return Optional.of(ChainAnswer.malformed(words));
    }

    /** What is no PEM becomes a certificate of no octets: the judge knows what to think of it at its place in the chain. */
    private static List<Octets> ders(List<String> pems) {
        var ders = new ArrayList<Octets>();
        for (var pem : pems) {
            var found = decoded(pem);
            if (found.isEmpty()) ders.add(Octets.NONE);
            ders.addAll(found);
        }
        return ders;
    }

    private static List<Octets> decoded(String pem) {
        try {
            return Pem.certificates(pem);
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static ChainJudge trusting(List<String> roots, List<String> reasons) {
        return new ChainJudge(TrustStore.of("given", ders(roots), reasons::add));
    }

    private ChainJudge mozilla() {
        if (mozilla == null) mozilla = new ChainJudge(TrustStore.mozilla());
        return mozilla;
    }

    private static Instant instant(String text) throws UnreadableCaseException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw new UnreadableCaseException("\"at\" is no time such as 2026-11-23T00:00:00Z: \"%s\"".formatted(text));
        }
    }

    private static NameMatch match(Octets leaf, String name, List<String> reasons) {
        return hostname(name)
                .map(host -> NameJudge.of(CertificateReader.read(leaf), host))
                .orElseGet(() -> {
                    reasons.add("\"%s\" is no host name, so no certificate is for it".formatted(name));
                    return NameMatch.MISMATCH;
                });
    }

    /** Reference names are compared as A-labels (RFC 9525, section 6.3), so what else is given is made such first. */
    private static Optional<Hostname> hostname(String text) {
        if (!(DomainNames.toAscii(text) instanceof AsciiName.Converted(var ascii))) return Optional.empty();
        try {
            return Optional.of(new Hostname(ascii));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
