package org.starttlscensus.verdict;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The roots we judge with, under a name that is stored with every verdict: another store, or the same of another date,
 * is another name.
 *
 * @param name    for example {@code mozilla-20230311-deb12u1}
 * @param anchors the roots
 */
public record TrustStore(String name, List<X509Certificate> anchors) {

    private static final String MOZILLA = "mozilla-20230311-deb12u1";
    private static final int MOST_OCTETS = 16 * 1024 * 1024;
    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([^-]*+)-----END (?:TRUSTED |X509 )?CERTIFICATE-----");

    public TrustStore {
        anchors = List.copyOf(anchors);
        if (name.isBlank()) throw new IllegalArgumentException("a trust store has a name: it is stored with every verdict");
        if (anchors.isEmpty()) throw new IllegalArgumentException(name + ": a trust store has at least one root");
    }

    /** Mozilla's roots as Debian packages them; origin, date and licence in the README beside the file. */
    public static TrustStore mozilla() {
        var file = MOZILLA + ".pem";
        try (var pem = TrustStore.class.getResourceAsStream(file)) {
            if (pem == null) throw new IllegalStateException("the program's own trust store is missing: " + file);
            return new TrustStore(MOZILLA, parse(text(pem)));
        } catch (IOException | CertificateException broken) {
            throw new IllegalStateException("the program's own trust store cannot be read: " + file, broken);
        }
    }

    /**
     * An operator's own roots.
     *
     * @throws TrustStoreUnreadableException if the file cannot be used as it is: no root is left out in silence
     */
    public static TrustStore read(String name, Path pem) {
        try (var in = Files.newInputStream(pem)) {
            if (Files.size(pem) > MOST_OCTETS) {
                throw new TrustStoreUnreadableException(pem, "it has %,d octets, more than %,d".formatted(Files.size(pem), MOST_OCTETS));
            }
            var anchors = parse(text(in));
            if (anchors.isEmpty()) throw new TrustStoreUnreadableException(pem, "it holds no \"-----BEGIN CERTIFICATE-----\"");
            return new TrustStore(name, anchors);
        } catch (IOException unreadable) {
            throw new TrustStoreUnreadableException(pem, "it cannot be opened (" + unreadable + ")");
        } catch (CertificateException broken) {
            throw new TrustStoreUnreadableException(pem, broken.getMessage());
        }
    }

    private static String text(InputStream pem) throws IOException {
        return new String(pem.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static List<X509Certificate> parse(String pem) throws CertificateException {
        var factory = CertificateFactory.getInstance("X.509");
        var anchors = new ArrayList<X509Certificate>();
        for (var matcher = CERTIFICATE.matcher(pem); matcher.find(); ) {
            try {
                var der = Base64.getMimeDecoder().decode(matcher.group(1));
                anchors.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException | IllegalArgumentException broken) {
                throw new CertificateException("certificate number %d in it cannot be read (%s)"
                        .formatted(anchors.size() + 1, broken.getMessage()), broken);
            }
        }
        return anchors;
    }
}
