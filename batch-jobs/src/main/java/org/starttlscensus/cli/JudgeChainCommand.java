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
            "Judge a certificate chain, and whether its certificate is for a name.",
            "Nothing is fetched, and revocation is not checked."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"chain\":[PEM...],\"roots\":[PEM...],\"name\":\"mx.example.org\",",
            "   \"at\":\"2026-11-23T00:00:00Z\"}            (on one line)",
            "  chain  as the server sent it, its own certificate first",
            "  roots  the trusted roots (default: the Mozilla roots shipped with the program)",
            "  name   the server's name, A-labels or U-labels (default: no comparison)",
            "  at     the time for which to judge (default: now)",
            "",
            "The line out:",
            "  {\"chain\":\"expired\",\"name\":\"match\",\"weak\":false,\"reasons\":[\"...\"],\"millis\":0.4}",
            "  chain    trusted, expired, not_yet_valid, untrusted_root, incomplete,",
            "           self_signed, name_constraint, wrong_usage, invalid_ca, none (no",
            "           certificate), malformed (a certificate that is needed cannot be read)",
            "  name     match, mismatch, cn_only (only the common name matches, which RFC 9525",
            "           does not allow), or null if no name was given or the certificate cannot",
            "           be read",
            "  weak     whether a key or signature on the path is weak",
            "  reasons  in words, for people; what is weak, too",
            "  millis   the time that judging took",
            "",
            "A line that is not such a case, or is longer than 8,388,608 octets, is malformed, too;",
            "its answer also has \"error\":\"...\",\"line\":7. The next line is read, and the exit",
            "code is still 0.",
            "",
            "Examples:",
            "  jq -cn --rawfile c chain.pem '{chain:[$c],name:\"mx.example.org\"}' \\",
            "      | census judge chain"
        })
final class JudgeChainCommand extends JudgeLinesCommand {

    /** Enough for a hundred certificates each in chain and roots. */
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
        var givenName = given.findText("name");
        var started = System.nanoTime();
        var verdict = judge.judge(chain, at);
        var name = givenName.filter(_ -> !chain.isEmpty()).flatMap(text -> match(chain.getFirst(), text, reasons));
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
    Optional<ChainAnswer> unreadable(String message) {
        return Optional.of(ChainAnswer.malformed(message));
    }

    /** Text that is not PEM becomes an empty certificate, so that the judge meets it at its place in the chain. */
    static List<Octets> ders(List<String> pems) {
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

    static Instant instant(String text) throws UnreadableCaseException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw new UnreadableCaseException(
                    "\"at\" is \"%s\"; expected is a time such as 2026-11-23T00:00:00Z".formatted(text));
        }
    }

    private static Optional<NameMatch> match(Octets der, String name, List<String> reasons) {
        var leaf = CertificateReader.read(der);
        var host = hostname(name);
        if (leaf.readable() && host.isEmpty()) {
            reasons.add("\"%s\" is not a host name, so no certificate is for it".formatted(name));
            return Optional.of(NameMatch.MISMATCH);
        }
        return host.flatMap(reference -> NameJudge.of(leaf, reference));
    }

    /** Reference names are compared as A-labels (RFC 9525, section 6.3), so U-labels are converted first. */
    static Optional<Hostname> hostname(String text) {
        if (!(DomainNames.toAscii(text) instanceof AsciiName.Converted(var ascii))) return Optional.empty();
        try {
            return Optional.of(new Hostname(ascii));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }
}
