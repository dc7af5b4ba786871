package org.starttlscensus.dns;

import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailExchange;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * The usable part of an MX record set.
 *
 * <p>A null MX beside other records violates RFC 7505. Like mail senders, we ignore it and use the others.
 *
 * @param nullMx whether all records name the root
 * @param usable one per host, at its best preference, sorted by preference and name
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7505#section-3">RFC 7505, section 3: null MX</a>
 */
record MxRecords(boolean nullMx, List<MailExchange> usable) {

    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    static MxRecords of(List<Record> records) {
        var preferences = new TreeMap<Hostname, Integer>();
        var nullMx = true;
        for (var record : records) {
            var mx = (MXRecord) record;
            if (mx.getTarget().equals(Name.root)) continue;
            nullMx = false;
            AnswerReader.asHostname(mx.getTarget())
                    .filter(MxRecords::canBeMailServer)
                    .ifPresent(host -> preferences.merge(host, mx.getPriority(), Math::min));
        }
        return new MxRecords(
                nullMx,
                preferences.entrySet().stream()
                        .map(entry -> new MailExchange(entry.getValue(), entry.getKey()))
                        .sorted()
                        .toList());
    }

    /**
     * Whether the host is neither an IPv4 literal (no top-level domain is a number) nor localhost.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3696#section-2">RFC 3696, section 2: restrictions on domain
     *     names</a>
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.3">RFC 6761, section 6.3: localhost</a>
     */
    private static boolean canBeMailServer(Hostname host) {
        var name = host.ascii();
        return !NUMERIC.matcher(name).matches() && !name.equals("localhost") && !name.endsWith(".localhost");
    }
}
