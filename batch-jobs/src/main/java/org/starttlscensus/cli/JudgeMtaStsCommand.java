package org.starttlscensus.cli;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.cli.JudgeAnswer.MtaStsAnswer;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.policy.MtaStsEffect;
import org.starttlscensus.policy.MtaStsEffect.MxFacts;
import org.starttlscensus.policy.MtaStsMode;
import org.starttlscensus.policy.MtaStsPolicy;
import org.starttlscensus.policy.MtaStsRecord;
import org.starttlscensus.policy.MtaStsStatus;
import org.starttlscensus.policy.MxPattern;
import org.starttlscensus.policy.PolicyReading;
import picocli.CommandLine.Command;

@Command(
        name = "mta-sts",
        description = {
            "Judge the MTA-STS record and policy of a domain, and which mail servers the policy covers (RFC 8461).",
            "Nothing is looked up or fetched."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nA line in:%n",
        footer = {
            "  {\"records\":[\"v=STSv1; id=20261123\"],\"policy\":\"version: STSv1\\nmode: ...\",",
            "   \"mx\":[\"mx.example.org\"]}                (on one line)",
            "  records  all TXT records at _mta-sts.DOMAIN; a record of several strings may be",
            "           an array of them",
            "  policy   the text of https://mta-sts.DOMAIN/.well-known/mta-sts.txt; absent or null",
            "           if it cannot be fetched",
            "  mx       the domain's mail servers, all taken as of best preference (default: none)",
            "",
            "The line out:",
            "  {\"record\":\"valid\",\"policy\":\"valid\",\"mode\":\"enforce\",\"covered\":[true],",
            "   \"mta_sts\":\"enforce\",\"mta_sts_effect\":\"effective\",\"lenient_mode\":\"enforce\",",
            "   \"lenient_covered\":[true],\"reasons\":[]}",
            "  record           valid, none, or record_invalid (senders must take it for none)",
            "  policy           valid or policy_invalid, or null if none was given",
            "  mode             enforce, testing or none, or null without a valid policy",
            "  covered          for each mx, whether the policy names it",
            "  mta_sts          none, record_invalid, fetch_error, policy_invalid, mode_none,",
            "                   testing, enforce: how far the domain is, step by step",
            "  mta_sts_effect   effective, partly_covered, would_fail, as if every certificate were",
            "                   valid; null unless mta_sts is testing or enforce",
            "  lenient_mode     the mode for senders whose library passes over lines that it cannot",
            "                   read, and lets the last of two equal names count",
            "  lenient_covered  as covered, for senders whose library lets a wildcard stand for",
            "                   several labels",
            "  reasons          in words, for people",
            "",
            "A line that is not such a case, or is longer than 1,048,576 octets, is answered by",
            "  {\"error\":\"...\",\"line\":7}",
            "and the next line is read. The exit code is still 0.",
            "",
            "Examples:",
            "  jq -cn --rawfile p mta-sts.txt '{records:[\"v=STSv1; id=1\"],policy:$p,",
            "      mx:[\"mx.example.org\"]}' | census judge mta-sts"
        })
final class JudgeMtaStsCommand extends JudgeLinesCommand {

    private static final int LONGEST_LINE = 1024 * 1024;

    JudgeMtaStsCommand() {
        this(System.in);
    }

    JudgeMtaStsCommand(InputStream in) {
        super(in, LONGEST_LINE);
    }

    @Override
    MtaStsAnswer judge(JsonCase given) throws UnreadableCaseException {
        var record = MtaStsRecord.read(given.joinedTexts("records"));
        var reading = given.findText("policy")
                .map(text -> PolicyReading.of(Octets.of(text.getBytes(StandardCharsets.UTF_8))));
        var names = given.has("mx") ? given.texts("mx") : List.<String>of();
        var reasons = new ArrayList<String>();
        words(record).ifPresent(reasons::add);
        reading.ifPresent(read -> reasons.addAll(words(read)));
        names.stream()
                .filter(name -> host(name).isEmpty())
                .forEach(name -> reasons.add("\"%s\" is not a host name, so no policy covers it".formatted(name)));
        var policy = reading.flatMap(JudgeMtaStsCommand::policy);
        var lenient = reading.flatMap(JudgeMtaStsCommand::lenient);
        var status = MtaStsStatus.of(record, reading);
        var covered = covered(names, policy, MtaStsPolicy::covers);
        return new MtaStsAnswer(
                label(record),
                reading.map(JudgeMtaStsCommand::label),
                policy.map(MtaStsPolicy::mode).map(MtaStsMode::label),
                covered,
                status.label(),
                status.mode().flatMap(mode -> effect(mode, covered)).map(MtaStsEffect::label),
                lenient.map(MtaStsPolicy::mode).map(MtaStsMode::label),
                covered(names, lenient, MtaStsPolicy::coversAnyDepth),
                reasons);
    }

    private interface Coverage {
        boolean covers(MtaStsPolicy policy, Hostname host);
    }

    private static List<Boolean> covered(List<String> names, Optional<MtaStsPolicy> policy, Coverage coverage) {
        return policy.map(known -> names.stream()
                        .map(name -> isCovered(name, host -> coverage.covers(known, host)))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isCovered(String name, Predicate<Hostname> covers) {
        return host(name).filter(covers).isPresent();
    }

    /** As DNS gives it, which may have underscores; or with U-labels. */
    private static Optional<Hostname> host(String name) {
        try {
            return Optional.of(new Hostname(name));
        } catch (IllegalArgumentException notYet) {
            return JudgeChainCommand.hostname(name);
        }
    }

    private static Optional<MtaStsEffect> effect(MtaStsMode mode, List<Boolean> covered) {
        return MtaStsEffect.of(
                mode,
                covered.stream()
                        .map(each -> new MxFacts(true, each, Optional.of(true)))
                        .toList());
    }

    private static String label(MtaStsRecord record) {
        return switch (record) {
            case MtaStsRecord.NoMtaSts() -> "none";
            case MtaStsRecord.FaultyMtaSts _ -> "record_invalid";
            case MtaStsRecord.ValidMtaSts _ -> "valid";
        };
    }

    private static String label(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.InvalidPolicy _ -> "policy_invalid";
            case PolicyReading.ValidPolicy _ -> "valid";
        };
    }

    private static Optional<String> words(MtaStsRecord record) {
        return switch (record) {
            case MtaStsRecord.FaultyMtaSts(var fault) -> Optional.of("record: " + fault.words());
            case MtaStsRecord.NoMtaSts(), MtaStsRecord.ValidMtaSts _ -> Optional.empty();
        };
    }

    private static List<String> words(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.InvalidPolicy(var faults, var _) ->
                faults.stream()
                        .sorted(Comparator.naturalOrder())
                        .map(fault -> "policy: " + fault.words())
                        .toList();
            case PolicyReading.ValidPolicy(var policy, var _) ->
                policy.patterns().stream()
                        .filter(pattern -> pattern.parent().isEmpty())
                        .map(MxPattern::text)
                        .map(
                                "policy: \"mx: %s\" is neither a host name nor a wildcard, so it covers nothing"
                                        ::formatted)
                        .toList();
        };
    }

    private static Optional<MtaStsPolicy> policy(PolicyReading reading) {
        return reading instanceof PolicyReading.ValidPolicy(var policy, var _) ? Optional.of(policy) : Optional.empty();
    }

    private static Optional<MtaStsPolicy> lenient(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.InvalidPolicy(var _, var lenient) -> lenient;
            case PolicyReading.ValidPolicy(var _, var lenient) -> Optional.of(lenient);
        };
    }
}
