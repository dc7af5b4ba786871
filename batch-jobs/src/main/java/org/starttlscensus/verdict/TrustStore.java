package org.starttlscensus.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Octets;

/**
 * A set of trusted roots and its name, which is stored with every verdict. Another store, or the same store of another
 * date, has another name.
 *
 * @param name    for example {@code mozilla-20260816-nmu1}
 * @param anchors the roots; if there are none, no chain is trusted
 */
public record TrustStore(String name, List<X509Certificate> anchors) {

    private static final String MOZILLA = "mozilla-20260816-nmu1";
    /** At most this many days after its date a store is current: root programs change several times a year. */
    public static final int MOST_DAYS = 180;

    private static final Pattern DATE =
            Pattern.compile("(?<![0-9])(20[0-9]{2})([-._]?)([0-9]{1,2})\\2([0-9]{1,2})(?![0-9])");
    private static final int MOST_OCTETS = 16 * 1024 * 1024;

    public TrustStore {
        anchors = List.copyOf(anchors);
        if (name.isBlank())
            throw new IllegalArgumentException("a trust store needs a name, because it is stored with every verdict");
    }

    /** The first date in a name, such as 20260722, 2026-07-22 or 2026.7.22; empty if there is none. */
    public static Optional<LocalDate> dateIn(String name) {
        return DATE.matcher(name)
                .results()
                .flatMap(found -> date(found.group(1), found.group(3), found.group(4)).stream())
                .findFirst();
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The roots as DER, in the store's order. */
    public List<Octets> ders() {
        try {
            var ders = new ArrayList<Octets>();
            for (var anchor : anchors) ders.add(Octets.of(anchor.getEncoded()));
            return ders;
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a root that was parsed from DER has no DER", impossible);
        }
    }

    /** The identity of the store: a hash over its roots, independent of their order. */
    public Octets sha256() {
        return Octets.of(ders().stream()
                        .map(der -> der.sha256().hex())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("\n")))
                .sha256();
    }

    /** Mozilla's roots. The README beside the file states origin, date and licence. */
    public static TrustStore mozilla() {
        var file = MOZILLA + ".pem";
        try (var pem = TrustStore.class.getResourceAsStream(file)) {
            if (pem == null) throw new IllegalStateException("the program's own trust store is missing: " + file);
            return new TrustStore(MOZILLA, parse(text(pem)));
        } catch (IOException | IllegalArgumentException broken) {
            throw new IllegalStateException("the program's own trust store cannot be read: " + file, broken);
        }
    }

    /**
     * The roots of this Java installation. Packagers change them, so the name has the version, the date and the
     * beginning of their SHA-256. Empty if the installation has none.
     */
    public static Optional<TrustStore> jdk() {
        var file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        try {
            var keys = KeyStore.getInstance(file.toFile(), (char[]) null);
            var anchors = new ArrayList<X509Certificate>();
            for (var alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate root) anchors.add(root);
            }
            if (anchors.isEmpty()) return Optional.empty();
            var sha256 = new TrustStore("jdk", anchors).sha256().hex();
            return Optional.of(new TrustStore(
                    "jdk-%s-%s-%s"
                            .formatted(
                                    Runtime.version().feature(),
                                    System.getProperty("java.version.date"),
                                    sha256.substring(0, 8)),
                    anchors));
        } catch (IOException | GeneralSecurityException none) {
            return Optional.empty();
        }
    }

    /**
     * An operator's own roots.
     *
     * @throws TrustStoreUnreadableException if any part of the file is unusable; no root is skipped silently
     */
    public static TrustStore read(String name, Path pem) {
        try (var in = Files.newInputStream(pem)) {
            if (Files.size(pem) > MOST_OCTETS) {
                throw new TrustStoreUnreadableException(
                        pem, "it has %,d octets, more than %,d".formatted(Files.size(pem), MOST_OCTETS));
            }
            var anchors = parse(text(in));
            if (anchors.isEmpty())
                throw new TrustStoreUnreadableException(pem, "it contains no \"-----BEGIN CERTIFICATE-----\"");
            return new TrustStore(name, anchors);
        } catch (IOException unreadable) {
            throw new TrustStoreUnreadableException(pem, "it cannot be opened (" + unreadable + ")");
        } catch (IllegalArgumentException broken) {
            throw new TrustStoreUnreadableException(
                    pem, Objects.requireNonNullElseGet(broken.getMessage(), broken::toString));
        }
    }

    /**
     * A store of these roots.
     *
     * @param roots        as DER
     * @param onUnreadable receives a message for each root that cannot be read and is left out
     */
    public static TrustStore of(String name, List<Octets> roots, Consumer<String> onUnreadable) {
        var anchors = new ArrayList<X509Certificate>();
        for (int i = 0; i < roots.size(); i++) {
            try {
                anchors.add(CertificateParser.require(roots.get(i)));
            } catch (CertificateException | RuntimeException broken) {
                onUnreadable.accept(
                        "root number %d cannot be read and is left out (%s)".formatted(i + 1, broken.getMessage()));
            }
        }
        return new TrustStore(name, anchors);
    }

    private static String text(InputStream pem) throws IOException {
        return new String(pem.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static List<X509Certificate> parse(String pem) {
        var anchors = new ArrayList<X509Certificate>();
        for (var der : Pem.certificates(pem)) {
            try {
                anchors.add(CertificateParser.require(der));
            } catch (CertificateException broken) {
                throw Pem.unreadable(anchors.size() + 1, broken);
            }
        }
        return anchors;
    }
}
