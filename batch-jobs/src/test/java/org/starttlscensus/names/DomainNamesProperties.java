package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.Hostname;

/** Properties of all texts. A failure shows its seed: add it to {@link #seeds} and keep it. */
class DomainNamesProperties {

    private static final int TEXTS = 500;

    static Stream<Long> seeds() {
        return LongStream.range(0, 40).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aParsedNameIsLdhAndParsesToItself(long seed) {
        var random = random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = text(random, "aZ09-._xn\u00e4\u00df\u05d0\u0661\u200d\u3002\uff0e\u0301\u2260\uD83D\uDE00@:/* ");
            if (DomainNames.read(text) instanceof ParsedDomain.Usable(var domain)) {
                assertTrue(domain.ascii().matches("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63})+"), text);
                assertEquals(new ParsedDomain.Usable(domain), DomainNames.read(domain.ascii()), text);
            }
        }
    }

    /**
     * Converting plain names without ICU gives the same results as with ICU.
     */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plainNamesAreConvertedAsByIcu(long seed) {
        var random = random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = text(random, "abXYZ09-..._ ");
            var plain = DomainNames.toAscii(text);
            var unicode = Uts46.toAscii(text);
            assertEquals(plain instanceof AsciiName.Converted, unicode instanceof AsciiName.Converted, text);
            if (plain instanceof AsciiName.Converted) assertEquals(plain, unicode, text);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRegistrableDomainIsASuffixOfItsHost(long seed) {
        var random = random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = text(random, "ab09-_...").replaceAll("\\.+", ".").replaceAll("^\\.|\\.$", "")
                    + Stream.of("", ".co.uk", ".org", ".ck", ".amazonaws.com", "._")
                            .skip(random.nextInt(6))
                            .findFirst()
                            .orElseThrow();
            if (text.isEmpty() || text.startsWith(".")) continue;
            var registrable = assertDoesNotThrow(() -> PublicSuffixes.registrable(new Hostname(text)), text);
            assertTrue(
                    registrable.isEmpty() || ("." + text).endsWith("." + registrable.get()), text + " " + registrable);
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static String text(RandomGenerator random, String alphabet) {
        return random.ints(random.nextInt(0, 24), 0, alphabet.length())
                .mapToObj(at -> alphabet.substring(at, at + 1))
                .collect(Collectors.joining());
    }
}
