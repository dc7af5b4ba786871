package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a handshake may cost us, in the program and on the page about outcomes. */
class HandshakeLimitsTest {

    private static final Pattern DOCUMENTED = Pattern.compile(
            "(?s)ConnectionGuard[.]java`\\): ([0-9]+) s of CPU, ([0-9,]+) bits of a "
                    + "finite-field Diffie-Hellman group and\\s+([0-9,]+) of an RSA key, ([0-9]+) certificates, ([0-9]+) KiB");

    @Test
    void thePageSaysWhatTheProgramDoes() throws IOException {
        var found = DOCUMENTED.matcher(Files.readString(Path.of("../docs/outcomes.md")));
        var documented = found.find()
                ? IntStream.rangeClosed(1, 5)
                        .mapToObj(group -> found.group(group).replace(",", ""))
                        .map(Long::valueOf)
                        .toList()
                : List.<Long>of();
        var limits = HandshakeLimits.contract();
        assertEquals(
                List.of(
                        limits.computing().toSeconds(),
                        (long) limits.groupBits(),
                        (long) limits.rsaBits(),
                        (long) limits.certificates(),
                        (long) limits.octets() / 1_024),
                documented);
    }
}
