package org.starttlscensus.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form that MTA-STS and TLS-RPT records share: a version, then fields with a name and a value, separated by
 * semicolons.
 *
 * @param fields in their order, without the version
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.1">RFC 8461, section 3.1: TXT records</a>
 */
record TaggedRecord(List<TagField> fields) {

    record TagField(String name, String value) {}

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
    private static final Pattern EXTENSION_VALUE = Pattern.compile("[\\x21-\\x3A\\x3C\\x3E-\\x7E]++");

    TaggedRecord {
        fields = List.copyOf(fields);
    }

    /** Whether a record is meant to be one of this version. All others are ignored. */
    static boolean isMeant(String record, String version) {
        var begin = record.strip();
        return begin.regionMatches(true, 0, version, 0, version.length());
    }

    /** Whether it begins with the version and a semicolon; spaces before the semicolon are allowed. */
    static boolean begins(String record, String version) {
        return record.startsWith(version)
                && withoutSpaces(record.substring(version.length())).startsWith(";");
    }

    /** Empty if the fields are not separated as they must be, or a field has no name. */
    static Optional<TaggedRecord> read(String record, String version) {
        if (!begins(record, version)) return Optional.empty();
        var parts = List.of(record.substring(record.indexOf(';') + 1).split(";", -1));
        var fields = new ArrayList<TagField>();
        for (int i = 0; i < parts.size(); i++) {
            var isLast = i == parts.size() - 1;
            var part = isLast ? leftStripped(parts.get(i)) : withoutSpaces(parts.get(i));
            if (part.isEmpty()) {
                if (isLast && i > 0) break; // the semicolon at the end
                return Optional.empty();
            }
            var equals = part.indexOf('=');
            if (equals < 0 || !NAME.matcher(part.substring(0, equals)).matches()) return Optional.empty();
            fields.add(new TagField(part.substring(0, equals), part.substring(equals + 1)));
        }
        return Optional.of(new TaggedRecord(fields));
    }

    static boolean isExtensionValue(String value) {
        return EXTENSION_VALUE.matcher(value).matches();
    }

    /** Spaces and tabs are the only white space of the grammar. */
    private static String withoutSpaces(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) end--;
        return leftStripped(text.substring(0, end));
    }

    private static String leftStripped(String text) {
        int begin = 0;
        while (begin < text.length() && isSpace(text.charAt(begin))) begin++;
        return text.substring(begin);
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t';
    }
}
