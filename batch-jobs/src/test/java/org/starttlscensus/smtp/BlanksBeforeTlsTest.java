package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Blanks before the first octet of TLS")
class BlanksBeforeTlsTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'\r\n\u0016 \r\n','\u0016 \r\n'",
                "' \r\n \n\u0016','\u0016'",
                "'\u0016\r\n','\u0016\r\n'",
                "'\t\r\n','\t\r\n'",
                "'\r\n',''"
            })
    void areSkippedAndNoneAfterIt(String sent, String read) throws IOException {
        assertEquals(read, read(sent));
    }

    @Test
    void areBounded() throws IOException {
        var most = "\n".repeat(BlanksBeforeTls.MOST);
        assertEquals("\u0016", read(most + "\u0016"));
        assertEquals("\n\u0016", read(most + "\n\u0016"));
    }

    private static String read(String sent) throws IOException {
        for (var atOnce : new int[] {1, 7}) {
            var in = new BlanksBeforeTls(new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)));
            var seen = new StringBuilder();
            var buffer = new byte[atOnce];
            for (int count; (count = in.read(buffer, 0, atOnce)) > 0; )
                seen.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            if (atOnce == 7) return seen.toString();
            assertEquals(octetByOctet(sent), seen.toString());
        }
        throw new AssertionError();
    }

    private static String octetByOctet(String sent) throws IOException {
        var in = new BlanksBeforeTls(new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)));
        var seen = new StringBuilder();
        for (int octet; (octet = in.read()) >= 0; ) seen.append((char) octet);
        return seen.toString();
    }
}
