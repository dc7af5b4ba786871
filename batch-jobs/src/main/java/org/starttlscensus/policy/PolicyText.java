package org.starttlscensus.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;

/**
 * The text of a policy: lines with a name and a value, in any order.
 *
 * <p>Strict as the grammar is, except that empty lines are passed over: no sender is known to refuse them. Unknown
 * names are ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.2">RFC 8461, section 3.2: MTA-STS policies</a>
 */
final class PolicyText {

    /** Senders may stop there. */
    static final int MOST_OCTETS = 64 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    private static final Pattern CONTROLS = Pattern.compile(".*[\\x00-\\x1F\\x7F].*", Pattern.DOTALL);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    private record PolicyLine(String name, String value) {}

    private final List<PolicyLine> lines;
    private final Set<PolicyFault> faults = EnumSet.noneOf(PolicyFault.class);

    private PolicyText(List<PolicyLine> lines) {
        this.lines = lines;
    }

    static PolicyReading read(Octets body) {
        if (body.size() > MOST_OCTETS) return PolicyReading.InvalidPolicy.of(PolicyFault.TOO_LONG);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            return PolicyReading.InvalidPolicy.of(PolicyFault.NOT_UTF_8);
        }
        var lines = new ArrayList<PolicyLine>();
        var others = new ArrayList<String>();
        for (var each : text.split("\n", -1)) {
            var line = trimmed(each.endsWith("\r") ? each.substring(0, each.length() - 1) : each);
            if (line.isEmpty()) continue;
            var read = line(line);
            read.ifPresentOrElse(lines::add, () -> others.add(line));
        }
        return new PolicyText(lines).read(!others.isEmpty());
    }

    private static Optional<PolicyLine> line(String line) {
        var colon = line.indexOf(':');
        if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) return Optional.empty();
        var value = line.substring(colon + 1).replaceFirst("^[ \t]+", "");
        if (value.isEmpty() || CONTROLS.matcher(value).matches()) return Optional.empty();
        return Optional.of(new PolicyLine(line.substring(0, colon), value));
    }

    /** White space at the end of a line is allowed, at its beginning it is not. */
    private static String trimmed(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) end--;
        return line.substring(0, end);
    }

    private PolicyReading read(boolean hasOtherLines) {
        var lenient = policy(lines.reversed());
        var strict = policy(lines);
        if (hasOtherLines) faults.add(PolicyFault.SYNTAX);
        return strict.isEmpty() || hasOtherLines
                ? new PolicyReading.InvalidPolicy(faults, lenient.or(() -> strict))
                : new PolicyReading.ValidPolicy(strict.get(), lenient.orElse(strict.get()));
    }

    /** Of equal names the first counts, except that every mx does. */
    private Optional<MtaStsPolicy> policy(List<PolicyLine> ordered) {
        faults.clear();
        var version = first(ordered, "version", PolicyFault.NO_VERSION);
        if (version.isPresent() && !version.get().equals("STSv1")) faults.add(PolicyFault.BAD_VERSION);
        var mode = first(ordered, "mode", PolicyFault.NO_MODE)
                .flatMap(text -> valid(MtaStsMode.of(text), PolicyFault.BAD_MODE));
        var age = first(ordered, "max_age", PolicyFault.NO_MAX_AGE)
                .flatMap(text -> valid(seconds(text), PolicyFault.BAD_MAX_AGE));
        var patterns = lines.stream()
                .filter(line -> line.name().equals("mx"))
                .map(line -> MxPattern.of(line.value()))
                .toList();
        if (patterns.isEmpty() && mode.filter(asked -> asked != MtaStsMode.NONE).isPresent()) {
            faults.add(PolicyFault.NO_MX);
        }
        return faults.isEmpty()
                ? Optional.of(new MtaStsPolicy(mode.orElseThrow(), age.orElseThrow(), patterns))
                : Optional.empty();
    }

    private Optional<String> first(List<PolicyLine> ordered, String name, PolicyFault otherwise) {
        return valid(
                ordered.stream()
                        .filter(line -> line.name().equals(name))
                        .map(PolicyLine::value)
                        .findFirst(),
                otherwise);
    }

    private <T> Optional<T> valid(Optional<T> found, PolicyFault otherwise) {
        if (found.isEmpty()) faults.add(otherwise);
        return found;
    }

    private static Optional<Integer> seconds(String text) {
        return Optional.of(text)
                .filter(digits -> SECONDS.matcher(digits).matches())
                .map(Long::parseLong)
                .filter(seconds -> seconds <= MtaStsPolicy.MOST_SECONDS)
                .map(Long::intValue);
    }
}
