package org.starttlscensus.fact;

import java.util.Locale;
import java.util.regex.Pattern;

/** The spelling rules that {@link MailDomain} and {@link Hostname} share. */
final class DnsNames {

    private static final int MOST_OCTETS = 253;
    private static final Pattern LDH =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*+");
    private static final int MOST_OF_LABEL = 63;

    private DnsNames() {}

    static String canonical(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean isLdh(String canonical) {
        return canonical.length() <= MOST_OCTETS && LDH.matcher(canonical).matches();
    }

    /**
     * Labels of letters, digits, hyphens and underscores. A night reads half a million, so this avoids a regular
     * expression.
     */
    static boolean isHost(String canonical) {
        int label = 0;
        for (int i = 0; i < canonical.length(); i++) {
            var character = canonical.charAt(i);
            var isEnd = character == '.';
            if (isEnd ? label == 0 : !isHostCharacter(character) || label == MOST_OF_LABEL) return false;
            label = isEnd ? 0 : label + 1;
        }
        return label > 0 && canonical.length() <= MOST_OCTETS;
    }

    private static boolean isHostCharacter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }
}
