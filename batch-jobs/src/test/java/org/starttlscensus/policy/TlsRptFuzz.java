package org.starttlscensus.policy;

import java.util.List;
import org.starttlscensus.fact.Octets;

/** Any octets as TXT records, one a line: reading them throws nothing, and no destination is counted twice. */
public final class TlsRptFuzz {

    private TlsRptFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = Octets.of(input).latin1();
        var read = TlsRptRecord.read(List.of(text.split("\n", -1)));
        if (read instanceof TlsRptRecord.ValidTlsRpt(var mailto, var https, var others)
                && mailto + https + others
                        > text.chars().filter(each -> each == ':').count()) {
            throw new AssertionError("more destinations than URIs");
        }
    }
}
