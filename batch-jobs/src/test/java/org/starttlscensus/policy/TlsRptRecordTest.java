package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8460, section 3. */
class TlsRptRecordTest {

    @Test
    void destinationsAreCountedByKind() {
        valid(1, 0, 0, "v=TLSRPTv1; rua=mailto:reports@example.com");
        valid(0, 1, 0, "v=TLSRPTv1;rua=https://reporting.example.com/v1/tlsrpt;");
        valid(2, 1, 0, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/?a=b , MAILTO:b@example.com");
        valid(2, 0, 0, "v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com");
        valid(1, 0, 1, "v=TLSRPTv1; rua=mailto:a@example.com,ftp://example.com/");
        valid(1, 0, 0, "v=TLSRPTv1; x=y; rua=mailto:a@example.com; z=1");
        assertEquals(
                new TlsRptRecord.ValidTlsRpt(1, 0, 0),
                TlsRptRecord.read(List.of("v=spf1 -all", "v=TLSRPTv1; rua=mailto:a@example.com")));
    }

    @Test
    void faultsAreNamed() {
        faulty(RecordFault.SEVERAL, "v=TLSRPTv1; rua=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example");
        faulty(RecordFault.BEGINNING, "v=TLSRPTv1");
        faulty(RecordFault.BEGINNING, "v=tlsrptv1; rua=mailto:a@b.example");
        faulty(RecordFault.SYNTAX, "v=TLSRPTv1;");
        faulty(RecordFault.SYNTAX, "v=TLSRPTv1; mailto:a@b.example");
        faulty(RecordFault.NO_DESTINATION, "v=TLSRPTv1; x=y");
        faulty(RecordFault.NO_DESTINATION, "v=TLSRPTv1; rua=ftp://example.com/");
        faulty(RecordFault.NO_DESTINATION, "v=TLSRPTv1; RUA=mailto:a");
        faulty(RecordFault.EXTENSION, "v=TLSRPTv1; rua=mailto:a@b.example; x=");
        for (var bad : List.of(
                "",
                "a@b.example",
                "mailto:",
                "mailto:nobody",
                "mailto:a@b.example,",
                "https:///v1",
                "https:reports",
                "mailto:a@b.example!10m",
                "mailto:a@b.example mailto:c@d.example",
                "mailto:\u00fc@b.example",
                "https://exa mple.com/")) {
            faulty(RecordFault.BAD_DESTINATION, "v=TLSRPTv1; rua=" + bad);
        }
    }

    @Test
    void theStatusIsNoneInvalidOrValid() {
        assertEquals("none", TlsRptRecord.read(List.of()).label());
        assertEquals("none", TlsRptRecord.read(List.of("v=spf1 -all")).label());
        assertEquals("invalid", TlsRptRecord.read(List.of("v=TLSRPTv1; x=y")).label());
        assertEquals(
                "valid",
                TlsRptRecord.read(List.of("v=TLSRPTv1; rua=mailto:a@b.example")).label());
    }

    private static void valid(int mailto, int https, int others, String record) {
        assertEquals(new TlsRptRecord.ValidTlsRpt(mailto, https, others), TlsRptRecord.read(List.of(record)), record);
    }

    private static void faulty(RecordFault fault, String... records) {
        assertEquals(
                new TlsRptRecord.FaultyTlsRpt(fault), TlsRptRecord.read(List.of(records)), List.of(records)::toString);
    }
}
