package org.starttlscensus.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Octets;

class TlsaRecordTest {

    @Test
    void theFormOfZoneFilesIsRead() {
        var record = TlsaRecord.parse("3 1 1 AbCd 01\t02");
        assertEquals(new TlsaRecord(3, 1, 1, Octets.of(new byte[] {(byte) 0xab, (byte) 0xcd, 1, 2})), record);
        assertEquals("3 1 1 abcd0102", record.toString());
        assertEquals(record, TlsaRecord.parse(" 3  1\t1 abcd0102 "));
    }

    @ParameterizedTest
    @CsvSource({
        "'', expected is usage",
        "3 1, expected is usage",
        "3 1 1 xy, expected is usage",
        "3 1 1 abc, even number",
        "256 1 1 ab, 'the usage is 256; expected is 0 to 255'",
        "3 999 1 ab, the selector is 999",
        "3 1 300 ab, the matching type is 300",
        "-1 1 1 ab, expected is usage"
    })
    void otherTextSaysWhatIsExpected(String text, String words) {
        var refused = assertThrows(IllegalArgumentException.class, () -> TlsaRecord.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused::getMessage);
    }

    @Test
    void theStatusOfADomainIsThatOfItsBestServers() {
        assertEquals("insecure", domain(false, DaneStatus.PASS));
        assertEquals("pass", domain(true, DaneStatus.PASS, DaneStatus.PASS));
        assertEquals("none", domain(true, DaneStatus.PASS, DaneStatus.NONE, DaneStatus.INSECURE));
        assertEquals("unusable", domain(true, DaneStatus.NONE, DaneStatus.UNUSABLE, DaneStatus.PASS));
        assertEquals("error", domain(true, DaneStatus.ERROR, DaneStatus.UNUSABLE));
        assertEquals("fail", domain(true, DaneStatus.PASS, DaneStatus.FAIL, DaneStatus.ERROR));
        assertEquals("insecure", domain(true, DaneStatus.INSECURE, DaneStatus.PASS));
        assertTrue(DaneStatus.ofDomain(true, List.of()).isEmpty(), "no server accepts, so nothing is known");
    }

    private static String domain(boolean secure, DaneStatus... best) {
        return DaneStatus.ofDomain(secure, List.of(best)).orElseThrow().label();
    }
}
