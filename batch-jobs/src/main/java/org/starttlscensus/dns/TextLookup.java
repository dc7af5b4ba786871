package org.starttlscensus.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Looks up the TXT records of one name. The strings of one record are joined without anything between them, as SPF and
 * other users of TXT do.
 *
 * <p>Each character of a text is one octet, so no octet is lost. Whoever shows a text to people must escape it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7208#section-3.3">RFC 7208, section 3.3: several strings of one
 *     record</a>
 */
final class TextLookup {

    private final Resolvers resolvers;

    TextLookup(Resolvers resolvers) {
        this.resolvers = resolvers;
    }

    LookedUp<String> lookUp(Hostname name) {
        return resolvers
                .ask(DnsQuery.of(name.ascii(), Type.TXT))
                .values(record -> Optional.of(text((TXTRecord) record)));
    }

    private static String text(TXTRecord record) {
        var octets = new ByteArrayOutputStream();
        for (var part : record.getStringsAsByteArrays()) octets.writeBytes(part);
        return octets.toString(StandardCharsets.ISO_8859_1);
    }
}
