package org.starttlscensus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.starttlscensus.fact.Octets;

/** The test certificates of zlint, each with a different intended fault. */
public final class OddCertificates {

    private static final Path ARCHIVE = Path.of("..", "..", "shared", "vectors", "zlint", "certificates.tar.gz");
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private OddCertificates() {}

    /** The DER of each certificate. If the corpus is missing, the calling test is skipped with a message. */
    public static List<Octets> all() {
        assumeTrue(Files.exists(ARCHIVE), () -> "no corpus at " + ARCHIVE);
        try {
            return filesIn(ARCHIVE).stream().map(OddCertificates::der).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Octets der(String pem) {
        var from = pem.indexOf(BEGIN) + BEGIN.length();
        return Octets.of(Base64.getMimeDecoder().decode(pem.substring(from, pem.indexOf("-----END", from))));
    }

    /** A tar file has blocks of 512 octets: a header with the size in octal at offset 124, then the content. */
    private static List<String> filesIn(Path archive) throws IOException {
        var tar = new ByteArrayOutputStream();
        try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
            in.transferTo(tar);
        }
        var blocks = new ByteArrayInputStream(tar.toByteArray());
        var files = new ArrayList<String>();
        for (var header = blocks.readNBytes(512);
                header.length == 512 && header[0] != 0;
                header = blocks.readNBytes(512)) {
            var size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII).strip(), 8);
            var content = blocks.readNBytes((size + 511) / 512 * 512);
            if (header[156] == '0') files.add(new String(content, 0, size, StandardCharsets.ISO_8859_1));
        }
        return files;
    }
}
