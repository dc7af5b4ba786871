package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.starttlscensus.dane.TlsaFuzz;
import org.starttlscensus.lists.ListFuzz;
import org.starttlscensus.policy.MtaStsRecordFuzz;
import org.starttlscensus.policy.PolicyFuzz;
import org.starttlscensus.policy.TlsRptFuzz;
import org.starttlscensus.smtp.EhloFuzz;
import org.starttlscensus.smtp.ReplyFuzz;
import org.starttlscensus.tls.CertificateFuzz;

/** Runs the seeds of {@code fuzz/run} and every input that ever failed, also truncated and doubled, in each build. */
class FuzzSeedsTest {

    private static final Path SEEDS = Path.of("src/test/resources/fuzz");

    @TestFactory
    Stream<DynamicTest> replies() throws IOException {
        return seeds("smtp.ReplyFuzz", ReplyFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> keywords() throws IOException {
        return seeds("smtp.EhloFuzz", EhloFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> certificates() throws IOException {
        return seeds("tls.CertificateFuzz", CertificateFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> lists() throws IOException {
        return seeds("lists.ListFuzz", ListFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> tlsaRecords() throws IOException {
        return seeds("dane.TlsaFuzz", TlsaFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> mtaStsRecords() throws IOException {
        return seeds("policy.MtaStsRecordFuzz", MtaStsRecordFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> policies() throws IOException {
        return seeds("policy.PolicyFuzz", PolicyFuzz::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> tlsRptRecords() throws IOException {
        return seeds("policy.TlsRptFuzz", TlsRptFuzz::fuzzerTestOneInput);
    }

    private static Stream<DynamicTest> seeds(String target, Consumer<byte[]> fuzz) throws IOException {
        var tests = new ArrayList<DynamicTest>();
        try (var files = Files.list(SEEDS.resolve(target))) {
            for (var file : files.sorted().toList()) {
                var seed = Files.readAllBytes(file);
                Executable run = () -> variants(seed).forEach(fuzz);
                tests.add(DynamicTest.dynamicTest(
                        target + " " + file.getFileName(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(20), run)));
            }
        }
        assertFalse(tests.isEmpty(), target);
        return tests.stream();
    }

    private static Stream<byte[]> variants(byte[] seed) {
        var doubled = new byte[2 * seed.length];
        System.arraycopy(seed, 0, doubled, 0, seed.length);
        System.arraycopy(seed, 0, doubled, seed.length, seed.length);
        return Stream.concat(
                Stream.of(seed, doubled),
                Stream.iterate(0, length -> length < seed.length, length -> length + 1)
                        .map(length -> Arrays.copyOf(seed, length)));
    }
}
