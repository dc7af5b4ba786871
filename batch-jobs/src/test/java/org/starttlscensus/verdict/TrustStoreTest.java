package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Octets;

class TrustStoreTest {

    @TempDir
    Path directory;

    @Test
    void includesTheMozillaRootsUnderADatedName() {
        var store = TrustStore.mozilla();
        assertEquals("mozilla-20260816-nmu1", store.name());
        assertEquals(120, store.anchors().size());
        assertTrue(store.anchors().stream()
                .anyMatch(root -> root.getSubjectX500Principal().getName().contains("ISRG Root X1")));
    }

    @ParameterizedTest
    @CsvSource({
        "mozilla-2026-07-22, 2026-07-22",
        "mozilla-20230311-deb12u1, 2023-03-11",
        "certifi-2026.7.22-py3-none-any.whl, 2026-07-22",
        "ca-certificates_20250419~deb12u2_all.deb, 2025-04-19",
        "cacert-2026-09-09.pem, 2026-09-09",
        "jdk-25-2026-10-20-89abcdef, 2026-10-20",
        "ours, ",
        "roots-2026, ",
        "roots-2026-13-01, ",
        "roots-2026-02-30, ",
        "roots-120260722, ",
        "roots-2026-07.22, "
    })
    void findsTheDateInAName(String name, LocalDate date) {
        assertEquals(Optional.ofNullable(date), TrustStore.dateIn(name));
    }

    /** Nobody judges by roots that were old when the program was made. */
    @Test
    void includesRootsOfADate() {
        assertTrue(TrustStore.dateIn(TrustStore.mozilla().name()).isPresent());
    }

    @Test
    void readsAnOperatorsRootsWithCommentsBetweenThem() throws IOException {
        var file = directory.resolve("roots.pem");
        Files.writeString(
                file,
                "# ours\n" + pem(IssuedCertificate.ca("a").selfSigned()) + "text - with hyphens\n"
                        + pem(IssuedCertificate.ca("b").selfSigned()));
        var store = TrustStore.read("ours-2026-11-23", file);
        assertEquals("ours-2026-11-23", store.name());
        assertEquals(2, store.anchors().size());
    }

    @Test
    void readsTheRootsOfThisJavaUnderAUniqueName() {
        var store = TrustStore.jdk().orElseThrow();
        assertTrue(store.name().matches("jdk-[0-9]+-[0-9-]{10}-[0-9a-f]{8}"), store.name());
        assertTrue(
                store.anchors().size() > 50, () -> "roots: " + store.anchors().size());
        assertEquals(store.name(), TrustStore.jdk().orElseThrow().name());
    }

    @Test
    void isTheSameStoreInAnyOrder() {
        var one = IssuedCertificate.ca("a").selfSigned().certificate();
        var other = IssuedCertificate.ca("b").selfSigned().certificate();
        assertEquals(
                new TrustStore("x", List.of(one, other)).sha256(),
                new TrustStore("y", List.of(other, one, one)).sha256());
        assertNotEquals(new TrustStore("x", List.of(one)).sha256(), new TrustStore("x", List.of(other)).sha256());
    }

    @Test
    void reportsEachRootThatItLeavesOut() {
        var messages = new ArrayList<String>();
        var root = IssuedCertificate.ca("a").selfSigned().der();
        var store = TrustStore.of("given", List.of(Octets.NONE, root, Octets.of("no DER")), messages::add);
        assertEquals(1, store.anchors().size());
        assertEquals(2, messages.size());
        assertTrue(messages.getFirst().startsWith("root number 1 cannot be read"), messages::toString);
        assertEquals(
                List.of(), TrustStore.of("nobody", List.of(), messages::add).anchors());
    }

    @Test
    void reportsWhyAFileCannotBeUsed() throws IOException {
        var missing = directory.resolve("missing.pem");
        assertMessage(missing, "cannot be opened");
        var empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        assertMessage(empty, "contains no");
        var broken = Files.writeString(
                directory.resolve("broken.pem"),
                pem(IssuedCertificate.ca("a").selfSigned())
                        + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertMessage(broken, "certificate number 2");
    }

    private static void assertMessage(Path file, String part) {
        var refusal = assertThrows(TrustStoreUnreadableException.class, () -> TrustStore.read("ours", file));
        assertTrue(
                refusal.getMessage().contains(part) && refusal.getMessage().contains(file.toString()),
                refusal.getMessage());
    }

    private static String pem(IssuedCertificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.der().toArray()) + "\n-----END CERTIFICATE-----\n";
    }
}
