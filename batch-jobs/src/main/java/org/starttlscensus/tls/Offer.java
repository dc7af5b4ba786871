package org.starttlscensus.tls;

import java.util.List;
import java.util.Objects;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsVersion;

/**
 * One documented ClientHello. Its id is stored with every handshake, because a server answers an offer: what it chose says
 * nothing without what it could choose from. The documents stand in {@code datasets/offers}; a published one is never
 * changed, for what it found refers to it: whatever changes in an offer is a new document with a new id.
 *
 * <p>Every offer besides signals secure renegotiation, and none has ALPN, resumption or early data. The decision and its price
 * are in {@code docs/decisions/0006-our-clienthello.md} and
 * {@code docs/decisions/0019-offers-are-documents.md}.
 *
 * @param id               name of the document
 * @param probeKind         what it asks
 * @param versions         newest first
 * @param cipherSuites     IANA names in order of preference
 * @param groups           IANA names in order of preference; none: the server chooses any
 * @param keyShares        those groups for which the first message carries a share (TLS 1.3)
 * @param signatureSchemes IANA names in order of preference
 * @param extensions       IANA names of the other extensions, as far as they belong to the versions offered
 */
public record Offer(
        String id,
        ProbeKind probeKind,
        List<TlsVersion> versions,
        List<String> cipherSuites,
        List<String> groups,
        List<String> keyShares,
        List<String> signatureSchemes,
        List<String> extensions) {

    /** What we know how to say and how to note the answer to; the first three are in every offer. */
    private static final List<String> ALWAYS = List.of("server_name", "extended_master_secret", "encrypt_then_mac");

    private static final List<String> OPTIONAL =
            List.of("status_request", "signed_certificate_timestamp", "session_ticket");

    public Offer {
        if (id.isBlank()) throw new IllegalArgumentException("an offer has an id: it is stored with what it found");
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        signatureSchemes = List.copyOf(signatureSchemes);
        extensions = List.copyOf(extensions);
        cipherSuites.forEach(IanaNames.CIPHER_SUITES::code);
        groups.forEach(IanaNames.GROUPS::code);
        signatureSchemes.forEach(IanaNames.SIGNATURE_SCHEMES::code);
        if (versions.isEmpty() || cipherSuites.isEmpty() || !groups.containsAll(keyShares)) {
            throw new IllegalArgumentException(
                    id + ": an offer has versions, suites, and shares only of its own groups");
        }
        if (!extensions.containsAll(ALWAYS)
                || !extensions.stream().allMatch(name -> ALWAYS.contains(name) || OPTIONAL.contains(name))) {
            throw new IllegalArgumentException("%s: the extensions are %s; known are %s, which every offer has, and %s"
                    .formatted(id, extensions, ALWAYS, OPTIONAL));
        }
    }

    /** What the nightly census offers. */
    public static Offer standard() {
        return of(ProbeKind.STANDARD);
    }

    /** What is offered to ask that, as of this version of the program. */
    public static Offer of(ProbeKind probeKind) {
        return Objects.requireNonNull(OfferDocuments.CURRENT.get(probeKind));
    }

    boolean has(String extension) {
        return extensions.contains(extension);
    }
}
