package org.starttlscensus.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration, with all that is said about it: messages, the listing and the example file read
 * it here.
 *
 * @param name      lower case; dots between parts, dashes between words
 * @param meaning   what it decides, one sentence
 * @param unit      what one value is, for example {@code port} or {@code duration}
 * @param allowed   completes the sentence "allowed is ..."
 * @param byDefault its value if it is set nowhere; empty: it has none
 * @param ceiling   the bound that no setting can pass; empty: it has none
 * @param sample    a value for the example file, where there is no default
 */
record SettingKey(
        String name,
        ValueKind valueKind,
        String meaning,
        String unit,
        String allowed,
        Optional<String> byDefault,
        Optional<String> ceiling,
        Optional<String> sample) {

    enum ValueKind {
        VALUE,
        /** A file or folder. In a settings file it is relative to the folder of that file. */
        PATH,
        /** Never shown, because it is or may contain a password. */
        SECRET,
        /** Several values: comma-separated, or a YAML list. */
        LIST,
        /** Several files or folders. */
        PATHS,
        /** Planned, but not implemented by this version. It is refused, so that nobody believes it has an effect. */
        NOT_YET;

        boolean isList() {
            return this == LIST || this == PATHS;
        }

        boolean isPath() {
            return this == PATH || this == PATHS;
        }
    }

    SettingKey {
        if (!name.startsWith("census.")) throw new IllegalArgumentException(name + ": keys begin with census.");
        if (!meaning.endsWith(".")) throw new IllegalArgumentException(name + ": its meaning is not a sentence");
        if (valueKind != ValueKind.NOT_YET && (unit.isBlank() || allowed.isBlank()))
            throw new IllegalArgumentException(name + ": unit or allowed values are not documented");
    }

    static SettingKey of(String name, ValueKind valueKind, String meaning, String unit, String allowed) {
        return new SettingKey(
                name, valueKind, meaning, unit, allowed, Optional.empty(), Optional.empty(), Optional.empty());
    }

    SettingKey byDefault(String value) {
        return new SettingKey(name, valueKind, meaning, unit, allowed, Optional.of(value), ceiling, sample);
    }

    SettingKey ceiling(String bound) {
        return new SettingKey(name, valueKind, meaning, unit, allowed, byDefault, Optional.of(bound), sample);
    }

    SettingKey sample(String value) {
        return new SettingKey(name, valueKind, meaning, unit, allowed, byDefault, ceiling, Optional.of(value));
    }

    /** The environment variable: for {@code census.smtp.ehlo-name} it is {@code CENSUS_SMTP_EHLO_NAME}. */
    String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    String shown(String value) {
        return valueKind == ValueKind.SECRET ? Secret.HIDDEN : "\"" + value + "\"";
    }

    @Override
    public String toString() {
        return name;
    }
}
