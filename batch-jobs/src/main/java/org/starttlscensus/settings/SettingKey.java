package org.starttlscensus.settings;

import java.util.Locale;

/**
 * One key of the configuration.
 *
 * @param name    lower case; dots between parts, dashes between words
 * @param allowed completes the sentence "allowed is ..."
 */
record SettingKey(String name, ValueKind valueKind, String allowed) {

    enum ValueKind {
        VALUE,
        /** Never shown, because it is or may contain a password. */
        SECRET,
        /** Several values: comma-separated, or a YAML list. */
        LIST,
        /** Planned, but not implemented by this version. It is refused, so that nobody believes it has an effect. */
        NOT_YET
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
