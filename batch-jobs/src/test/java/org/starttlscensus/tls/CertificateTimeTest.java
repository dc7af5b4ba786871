package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateTimeTest {

    private static final int UTC_TIME = 23;
    private static final int GENERALIZED_TIME = 24;

    @ParameterizedTest
    @CsvSource({
        "23, 491231235959Z, 2049-12-31T23:59:59Z",
        "23, 500101000000Z, 1950-01-01T00:00:00Z",
        "23, 240229120000Z, 2024-02-29T12:00:00Z",
        "23, 2402291200Z, 2024-02-29T12:00:00Z",
        "23, 240229120000+0130, 2024-02-29T10:30:00Z",
        "24, 20500101000000Z, 2050-01-01T00:00:00Z",
        "24, 99991231235959Z, 9999-12-31T23:59:59Z",
        "24, 20240229120000.5Z, 2024-02-29T12:00:00.500Z"
    })
    void isWhatItSays(int tag, String text, String expected) {
        assertEquals(expected, CertificateTime.of(time(tag, text).orElseThrow()).toString());
    }

    /** Dates that do not exist, hours above 23, years of the Julian calendar, offsets, fractions of seconds. */
    @ParameterizedTest
    @ValueSource(ints = {UTC_TIME, GENERALIZED_TIME})
    void isTheSameAsBouncyCastles(int tag) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(tag);
        int times = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = text(tag, random);
            var time = time(tag, text);
            if (time.isEmpty()) continue;
            times++;
            var expected =
                    CertificateReader.readOrEmpty(() -> time.get().getDate().toInstant());
            assertEquals(expected, CertificateReader.readOrEmpty(() -> CertificateTime.of(time.get())), text);
        }
        assertTrue(times > 10_000, times + " were times at all");
    }

    private static String text(int tag, RandomGenerator random) {
        var year = tag == UTC_TIME
                ? "%02d".formatted(random.nextInt(100))
                : "%04d".formatted(random.nextInt(4) == 0 ? random.nextInt(10_000) : random.nextInt(1950, 2100));
        boolean isOdd = random.nextInt(3) == 0;
        var rest = "%02d%02d%02d%02d%02d"
                .formatted(
                        isOdd ? random.nextInt(15) : random.nextInt(1, 13),
                        isOdd ? random.nextInt(34) : random.nextInt(1, 32),
                        random.nextInt(isOdd ? 27 : 24),
                        random.nextInt(isOdd ? 63 : 60),
                        random.nextInt(isOdd ? 63 : 60));
        var endings = List.of("Z", "Z", "Z", "Z", "+0000", "-0730", "", ".5Z", ",5Z", "z");
        return year + rest + endings.get(random.nextInt(endings.size()));
    }

    /** Empty if Bouncy Castle cannot parse it. */
    private static Optional<Time> time(int tag, String text) {
        var octets = text.getBytes(StandardCharsets.US_ASCII);
        var der = new byte[octets.length + 2];
        der[0] = (byte) tag;
        der[1] = (byte) octets.length;
        System.arraycopy(octets, 0, der, 2, octets.length);
        return CertificateReader.readOrEmpty(() -> {
            try {
                return Time.getInstance(ASN1Primitive.fromByteArray(der));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(unreadable);
            }
        });
    }
}
