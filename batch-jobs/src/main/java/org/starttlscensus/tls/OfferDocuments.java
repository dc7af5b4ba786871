package org.starttlscensus.tls;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsVersion;

/** Reads the documents of the offers, {@code offers/<id>.properties}: each key has a list of names. */
final class OfferDocuments {

    /** The current offer of each kind of probe. */
    static final Map<ProbeKind, Offer> CURRENT = current();

    static final Offer PREVIOUS = read("offer-2026-11b");

    private OfferDocuments() {}

    private static Map<ProbeKind, Offer> current() {
        Map<ProbeKind, Offer> offers = new EnumMap<>(ProbeKind.class);
        for (var probeKind : ProbeKind.values()) {
            var offer = read(idOf(probeKind));
            var expected = offeredLike(probeKind);
            if (offer.probeKind() != expected) {
                throw new IllegalStateException("offers/%s.properties: the question is %s; expected %s"
                        .formatted(offer.id(), offer.probeKind(), expected));
            }
            offers.put(probeKind, offer);
        }
        return offers;
    }

    /** The kind of probe whose document is used: some kinds differ in the dialogue only. */
    private static ProbeKind offeredLike(ProbeKind probeKind) {
        return switch (probeKind) {
            case STANDARD, ONE_STARTTLS, EHLO_ONLY -> ProbeKind.STANDARD;
            case SMALL_HELLO,
                    ANONYMOUS_TOO,
                    NO_SERVER_NAME,
                    TLS_1_0,
                    TLS_1_1,
                    TRIPLE_DES,
                    RC4,
                    STATIC_RSA,
                    ANONYMOUS,
                    SMALL_DH -> probeKind;
        };
    }

    private static String idOf(ProbeKind probeKind) {
        return switch (probeKind) {
            case STANDARD, ONE_STARTTLS, EHLO_ONLY -> "offer-2026-11e";
            case SMALL_HELLO -> "small-2026-11e";
            case ANONYMOUS_TOO -> "anonymous-too-2026-11e";
            case NO_SERVER_NAME -> "no-server-name-2026-11e";
            case TLS_1_0 -> "old-tls-1-0-2026-11";
            case TLS_1_1 -> "old-tls-1-1-2026-11";
            case TRIPLE_DES -> "old-3des-2026-11";
            case RC4 -> "old-rc4-2026-11";
            case STATIC_RSA -> "old-static-rsa-2026-11";
            case ANONYMOUS -> "old-anonymous-2026-11";
            case SMALL_DH -> "old-small-dh-2026-11";
        };
    }

    /** @throws IllegalStateException if there is no such document, or a key is missing in it */
    static Offer read(String id) {
        var document = new Properties();
        try (var stream = OfferDocuments.class.getResourceAsStream("/offers/" + id + ".properties")) {
            if (stream == null)
                throw new IllegalStateException("there is no document offers/%s.properties".formatted(id));
            try (Reader text = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                document.load(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("offers/%s.properties cannot be read".formatted(id), e);
        }
        return new Offer(
                id,
                ProbeKind.of(String.join(" ", names(document, "question"))),
                names(document, "versions").stream().map(TlsVersion::of).toList(),
                names(document, "cipher-suites"),
                names(document, "groups"),
                names(document, "key-shares"),
                names(document, "signature-schemes"),
                names(document, "extensions"));
    }

    private static List<String> names(Properties document, String key) {
        var value = Optional.ofNullable(document.getProperty(key))
                .orElseThrow(() -> new IllegalStateException(
                        "an offer has the keys %s; expected also \"%s\"".formatted(document.keySet(), key)));
        return Arrays.stream(value.split("\\s+"))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
