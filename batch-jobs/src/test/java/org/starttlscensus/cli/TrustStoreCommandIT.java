package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.verdict.IssuedCertificate;
import org.starttlscensus.verdict.TrustStore;

class TrustStoreCommandIT {

    @TempDir
    private static Path directory;

    private static Terminal run(String... arguments) {
        return Terminal.run(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--set", "census.database.directory=" + directory.resolve("pg")))
                .toArray(String[]::new));
    }

    private static Path pem(String name, List<Octets> roots) throws IOException {
        return Files.writeString(
                directory.resolve(name),
                roots.stream()
                        .map(root -> "-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder().encodeToString(root.toArray())
                                + "\n-----END CERTIFICATE-----\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void updatesTheRootsAndKeepsTheOldOnes() throws IOException {
        try (var _ = EmptyDatabase.in(directory.resolve("pg"))) {
            var shipped = TrustStore.mozilla();
            var next = Stream.concat(
                            shipped.ders().stream().skip(2),
                            Stream.of(IssuedCertificate.ca("a root of tomorrow")
                                    .selfSigned()
                                    .der()))
                    .toList();
            var today = LocalDate.now(ZoneOffset.UTC).toString();
            var updated = run(
                    "trust-store",
                    "update",
                    pem("cacert-" + today + ".pem", next).toString());
            assertEquals(0, updated.exit(), updated::all);
            assertTrue(updated.out().contains("new: 1\n  CN=a root of tomorrow\ngone: 2\n"), updated::out);
            assertTrue(updated.out().endsWith("The next night is judged by mozilla-" + today + ".\n"), updated::out);
            var listed = run("trust-store", "list");
            assertTrue(
                    listed.out().startsWith("The next night is judged by mozilla-" + today + " (119 roots)"),
                    listed::out);

            refuses("has no date", pem("roots.pem", next), List.of());
            var stranger = pem(
                    "other-2090-02-01.pem",
                    List.of(IssuedCertificate.ca("stranger").selfSigned().der()));
            refuses("only 0 of the 119", stranger, List.of());
            refuses("other roots under that name", stranger, List.of("--name", "mozilla-" + today, "--other-roots"));
            refuses("certificate number 1", Files.writeString(directory.resolve("bad-2090-01-01.pem"), """
                    -----BEGIN CERTIFICATE-----
                    A
                    -----END CERTIFICATE-----
                    """), List.of());
            var later = run(
                    "trust-store", "update", pem("later-2090-01-02.pem", next).toString());
            assertTrue(later.out().contains("its date, 2090-01-02, is later than tonight, " + today), later::all);
            assertTrue(later.out().contains("The next night is judged by mozilla-" + today), later::all);
            var older =
                    run("trust-store", "update", pem("old-2020-01-01.pem", next).toString());
            assertTrue(older.out().contains("the program ships newer roots"), older::all);
        }
    }

    private static void refuses(String why, Path file, List<String> options) {
        var refused = run(Stream.concat(Stream.of("trust-store", "update", file.toString()), options.stream())
                .toArray(String[]::new));
        assertEquals(2, refused.exit(), refused::all);
        assertTrue(refused.err().contains(why), refused::all);
        assertFalse(refused.out().contains("The next night"), refused::out);
    }
}
