package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {

    @TempDir
    Path directory;

    @Test
    void bringsTheMozillaRootsUnderADatedName() {
        var store = TrustStore.mozilla();
        assertEquals("mozilla-20230311-deb12u1", store.name());
        assertEquals(142, store.anchors().size());
        assertTrue(store.anchors().stream().anyMatch(root -> root.getSubjectX500Principal().getName().contains("ISRG Root X1")));
    }

    @Test
    void readsAnOperatorsRootsWithCommentsBetweenThem() throws IOException {
        var file = directory.resolve("roots.pem");
        Files.writeString(file, "# ours\n" + pem(IssuedCertificate.ca("a").selfSigned()) + "text - with hyphens\n" + pem(IssuedCertificate.ca("b").selfSigned()));
        var store = TrustStore.read("ours-2026-11-23", file);
        assertEquals("ours-2026-11-23", store.name());
        assertEquals(2, store.anchors().size());
    }

    @Test
    void saysWhatIsWrongWithAFileThatItCannotUse() throws IOException {
        var missing = directory.resolve("missing.pem");
        assertMessage(missing, "cannot be opened");
        var empty = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
        assertMessage(empty, "holds no");
        var broken = Files.writeString(directory.resolve("broken.pem"), pem(IssuedCertificate.ca("a").selfSigned())
                + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertMessage(broken, "certificate number 2");
    }

    private static void assertMessage(Path file, String part) {
        var refusal = assertThrows(TrustStoreUnreadableException.class, () -> TrustStore.read("ours", file));
        assertTrue(refusal.getMessage().contains(part) && refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    private static String pem(IssuedCertificate certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.der().toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
