package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.IssuedCertificate;

class RootFileTest {

    private static final Octets ONE = IssuedCertificate.ca("one").selfSigned().der();
    private static final Octets TWO = IssuedCertificate.ca("two").selfSigned().der();
    private static final String BOTH = pem(ONE) + "a comment\n" + pem(TWO);
    private static final String DEBIAN = "./usr/share/ca-certificates/mozilla/";

    @TempDir
    private Path directory;

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static String pem(Octets der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(octets)) {
            for (var each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return octets.toByteArray();
    }

    private static void tar(OutputStream out, Map<String, String> files) throws IOException {
        try (var tar = new TarArchiveOutputStream(out)) {
            for (var each : files.entrySet()) {
                var content = each.getValue().getBytes(StandardCharsets.US_ASCII);
                var entry = new TarArchiveEntry(each.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
    }

    private static byte[] gzipped(Map<String, String> files) throws IOException {
        var octets = new ByteArrayOutputStream();
        tar(new GZIPOutputStream(octets), files);
        return octets.toByteArray();
    }

    private static byte[] xz(Map<String, String> files) throws IOException {
        var octets = new ByteArrayOutputStream();
        tar(new XZCompressorOutputStream(octets), files);
        return octets.toByteArray();
    }

    private static byte[] deb(String data, byte[] content) throws IOException {
        var octets = new ByteArrayOutputStream();
        try (var deb = new ArArchiveOutputStream(octets)) {
            for (var each : List.of("debian-binary", data)) {
                var own = each.equals(data) ? content : "2.0\n".getBytes(StandardCharsets.US_ASCII);
                deb.putArchiveEntry(new ArArchiveEntry(each, own.length));
                deb.write(own);
                deb.closeArchiveEntry();
            }
        }
        return octets.toByteArray();
    }

    @Test
    void isPem() throws IOException {
        assertEquals(
                List.of(ONE, TWO),
                RootFile.read(file("roots.pem", (BOTH + pem(ONE)).getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void isAPackageWithABundle() throws IOException {
        var files = new TreeMap<>(
                Map.of("a/README", "no roots", "certifi/cacert.pem", BOTH, "certifi/tests/other.pem", pem(ONE)));
        for (var packed : List.of(zip(files), gzipped(files), xz(files), deb("data.tar.gz", gzipped(files)))) {
            assertEquals(List.of(ONE, TWO), RootFile.read(file("package", packed)));
        }
    }

    @Test
    void isADebianPackageWithAFileForEachRoot() throws IOException {
        var files = new TreeMap<>(Map.of(
                DEBIAN + "One.crt", pem(ONE), DEBIAN + "Two.crt", pem(TWO), "./usr/share/doc/mozilla/README", "text"));
        assertEquals(List.of(ONE, TWO), RootFile.read(file("a.deb", deb("data.tar.xz", xz(files)))));
    }

    @Test
    void isRefusedWithItsReason() throws IOException {
        assertRefused("cannot", file("cut.zip", new byte[] {0x50, 0x4b, 3, 4, 9}), "Expected a PEM file");
        assertRefused("empty", file("empty.pem", new byte[0]), "contains no");
        assertRefused("nothing in it", file("a.tgz", gzipped(Map.of("a.pem", BOTH))), "neither a cacert.pem");
        assertRefused("no data", file("a.deb", deb("control", new byte[] {1})), "without data.tar");
        assertRefused("missing", directory.resolve("missing.pem"), "missing.pem");
        assertRefused("too long", file("long.pem", new byte[16 * 1024 * 1024 + 1]), "more than 16,777,216 octets");
    }

    private static void assertRefused(String why, Path file, String part) {
        var refusal = assertThrows(RefusedRequestException.class, () -> RootFile.read(file), why);
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
}
