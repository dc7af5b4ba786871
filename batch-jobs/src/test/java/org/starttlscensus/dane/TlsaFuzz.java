package org.starttlscensus.dane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

/**
 * Any octets as records and certificates: judging them throws nothing, and only what matches passes. The input is a
 * sequence of parts, each with a length of two octets. The first octet of a part says what it is: a record, or a
 * certificate.
 */
public final class TlsaFuzz {

    private static final List<Hostname> NAMES = List.of(new Hostname("mx.example.org"));
    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");
    private static final int HEAD_OF_RECORD = 4;

    private TlsaFuzz() {}

    /** Reads a record and a certificate before the time-out starts: loading the classes takes seconds. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(new byte[] {0, 5, 0, 2, 0, 0, 0x30, 0, 2, 1, 0x30});
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var records = new ArrayList<TlsaRecord>();
        var chain = new ArrayList<Octets>();
        for (var part : parts(input)) {
            if (part.length >= HEAD_OF_RECORD && part[0] == 0) {
                var data = Octets.of(Arrays.copyOfRange(part, HEAD_OF_RECORD, part.length));
                records.add(new TlsaRecord(part[1] & 0xff, part[2] & 0xff, part[3] & 0xff, data));
            } else if (part.length > 0) {
                chain.add(Octets.of(Arrays.copyOfRange(part, 1, part.length)));
            }
        }
        var verdict = DaneJudge.judge(records, chain, NAMES, AT);
        verdict.findings().forEach(DaneFinding::words);
        verdict.matched().ifPresent(record -> require(records.contains(record)));
        require((verdict.status() == DaneStatus.NONE) == records.isEmpty());
        records.forEach(record -> require(TlsaRecord.parse(record.toString()).equals(record)));
        chain.forEach(TlsaRecord::recommendedFor);
        text(input);
    }

    private static void text(byte[] input) {
        try {
            TlsaRecord.parse(Octets.of(input).latin1());
        } catch (IllegalArgumentException refused) {
            require(String.valueOf(refused.getMessage()).contains("expected"));
        }
    }

    private static List<byte[]> parts(byte[] input) {
        var parts = new ArrayList<byte[]>();
        for (int at = 0; at + 2 <= input.length; ) {
            int length = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
            int end = Math.min(input.length, at + 2 + length);
            parts.add(Arrays.copyOfRange(input, at + 2, end));
            at = end;
        }
        return parts;
    }

    private static void require(boolean holds) {
        if (!holds) throw new AssertionError("a verdict contradicts its case");
    }
}
