package org.starttlscensus.policy;

import java.util.List;
import org.starttlscensus.fact.Octets;

/** Any octets as TXT records, one a line: reading them throws nothing, and an id is 1 to 32 letters and digits. */
public final class MtaStsRecordFuzz {

    private MtaStsRecordFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var records = List.of(Octets.of(input).latin1().split("\n", -1));
        var read = MtaStsRecord.read(records);
        if (read instanceof MtaStsRecord.ValidMtaSts(var id)
                && (!id.matches("[A-Za-z0-9]{1,32}")
                        || records.stream().noneMatch(each -> each.contains("id=" + id)))) {
            throw new AssertionError("not an id of the record: " + id);
        }
        if (MtaStsRecord.read(records.reversed()) instanceof MtaStsRecord.ValidMtaSts other && !other.equals(read)) {
            throw new AssertionError("the order of records makes a difference");
        }
    }
}
