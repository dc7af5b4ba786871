package org.starttlscensus.politeness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;

/**
 * The rules of {@code reply-rules.txt}, in their order. A line that cannot be parsed is a bug of ours and stops the
 * program at its start.
 *
 * @param version changes with every change of the rules; stored with their judgements
 * @param rules   the first that fits decides
 */
record ReplyRuleTable(String version, List<ReplyRule> rules) {

    private static final String RESOURCE = "reply-rules.txt";
    /** Used instead of a class. */
    private static final String OWN_FAULT = "our_fault";

    private static final String GAP = ".{0,60}?";

    /** Unbounded repetition or a back reference: both make matching slower than linear. */
    private static final Pattern UNBOUNDED = Pattern.compile("(?<!\\\\)[*+]|\\{\\d{0,3},\\}|\\\\[1-9k]");

    static ReplyRuleTable shipped() {
        try (var stream = ReplyRuleTable.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) throw new IllegalStateException(RESOURCE + " is missing from the program");
            return of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    static ReplyRuleTable of(String text) {
        var version = "";
        var rules = new ArrayList<ReplyRule>();
        var header = "";
        var wordings = new ArrayList<String>();
        for (var line : text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            if (line.startsWith("version ")) {
                version = line.substring("version ".length()).strip();
            } else if (Character.isWhitespace(line.charAt(0))) {
                wordings.add(line.strip());
            } else {
                if (!header.isEmpty()) rules.add(rule(header, wordings));
                header = line;
                wordings.clear();
            }
        }
        rules.add(rule(header, wordings));
        return new ReplyRuleTable(version, List.copyOf(rules));
    }

    private static ReplyRule rule(String header, List<String> wordings) {
        var parts = header.split(" \\| ", -1);
        if (parts.length != 4) throw unreadable(header, "expected is a header \"id | where | code | class\"");
        wordings.stream()
                .filter(wording -> UNBOUNDED.matcher(wording).find())
                .findFirst()
                .ifPresent(wording -> {
                    throw unreadable(header, "a pattern must not use *, + or {n,}: " + wording);
                });
        var text = wordings.stream()
                .map(ReplyText::bare)
                .map(wording -> wording.replace(" ... ", GAP))
                .collect(Collectors.joining("|"));
        return new ReplyRule(
                parts[0].strip(),
                places(parts[1].strip()),
                Pattern.compile(parts[2].strip()),
                text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text)),
                meaning(parts[3].strip()));
    }

    private static ReplyMeaning meaning(String text) {
        return text.equals(OWN_FAULT) ? ReplyMeaning.OWN_FAULT : ReplyMeaning.of(ReplyClass.of(text));
    }

    private static Set<ReplyRule.Place> places(String text) {
        if (text.equals("any")) return EnumSet.allOf(ReplyRule.Place.class);
        return Arrays.stream(text.split(" "))
                .map(place -> ReplyRule.Place.valueOf(place.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    private static IllegalStateException unreadable(String header, String why) {
        return new IllegalStateException("%s, rule \"%s\": %s".formatted(RESOURCE, header, why));
    }
}
