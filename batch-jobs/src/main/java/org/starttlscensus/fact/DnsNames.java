package org.starttlscensus.fact;

import java.util.Locale;
import java.util.regex.Pattern;

/** The spelling rules that {@link MailDomain} and {@link Hostname} share. */
final class DnsNames {

    private static final int MOST_OCTETS = 253;
    private static final Pattern LDH = Pattern.compile(
            "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*+");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*+");

    private DnsNames() {}

    static String canonical(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    static boolean isLdh(String canonical) {
        return canonical.length() <= MOST_OCTETS && LDH.matcher(canonical).matches();
    }

    static boolean isHost(String canonical) {
        return canonical.length() <= MOST_OCTETS && HOST.matcher(canonical).matches();
    }
}
