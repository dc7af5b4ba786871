package org.starttlscensus.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/** Parses values. Every failure is an {@link IllegalArgumentException} that says what is wrong with the text. */
final class Parsing {

    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("([0-9]{1,9}) *(ms|s|m|h|d)");

    private Parsing() {}

    static int count(String text) {
        if (!text.matches("[0-9]{1,9}")) throw new IllegalArgumentException("it is not a whole number");
        return Integer.parseInt(text);
    }

    static int port(String text) {
        int port = count(text);
        if (port < 1 || port > 65_535) throw new IllegalArgumentException("it is not a port");
        return port;
    }

    /** A number without a unit is refused, because its meaning would be a guess. */
    static Duration duration(String text) {
        var parts = NUMBER_WITH_UNIT.matcher(text);
        if (parts.matches()) return DurationStyle.SIMPLE.parse(parts.group(1) + parts.group(2));
        if (text.matches("[0-9]+")) throw new IllegalArgumentException("it has no unit");
        if (!text.startsWith("P")) throw new IllegalArgumentException("it is not a duration");
        return DurationStyle.ISO8601.parse(text);
    }

    static double scale(String text) {
        if (!text.matches("[0-9]{0,3}(\\.[0-9]{0,9})?([eE]-[0-9]{1,2})?"))
            throw new IllegalArgumentException("it is not a number");
        double scale = Double.parseDouble(text);
        if (scale > 1) throw new IllegalArgumentException("it is above 1");
        return scale;
    }

    static String notBlank(String text) {
        if (text.isBlank()) throw new IllegalArgumentException("it is empty");
        return text;
    }

    static Path path(String text) {
        try {
            return Path.of(notBlank(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is not a path", e);
        }
    }

    static String jdbcUrl(String text) {
        if (!text.startsWith("jdbc:postgresql:"))
            throw new IllegalArgumentException("it is not the URL of a PostgreSQL database");
        if (text.contains("@") || text.matches("(?is).*[?&](password|user)=.*")) {
            throw new IllegalArgumentException("it contains a user or password; use %s and %s for those"
                    .formatted(SettingKeys.DATABASE_USER, SettingKeys.DATABASE_PASSWORD));
        }
        return text;
    }
}
