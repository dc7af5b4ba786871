package org.starttlscensus.settings;

import java.util.Locale;

/**
 * One key of the configuration.
 *
 * @param name    lower case, parts by dots, words by dashes
 * @param allowed the rest of the sentence "allowed is ..."
 */
record SettingKey(String name, ValueKind valueKind, String allowed) {

    enum ValueKind {
        VALUE,
        /** Not to be shown: it is, or may hold, a password. */
        SECRET,
        /** Several values: comma-separated, or a YAML list. */
        LIST,
        /** Part of the plan, but this version of the program does nothing with it; silence would be a lie. */
        NOT_YET
    }

    /** {@code census.smtp.ehlo-name} is {@code CENSUS_SMTP_EHLO_NAME}. */
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
