package org.starttlscensus.tls;

import java.util.List;
import java.util.Objects;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsVersion;

/**
 * One documented ClientHello. Its id is stored with every handshake, because a server's choice means nothing without
 * the offer that it chose from. The documents are in {@code datasets/offers}. A published document is never changed,
 * because stored handshakes refer to it: a changed offer is a new document with a new id.
 *
 * <p>Every offer also signals secure renegotiation. None has ALPN, resumption or early data. The decision and its price
 * are in {@code docs/decisions/0006-our-clienthello.md} and {@code docs/decisions/0019-offers-are-documents.md}.
 *
 * @param id               name of the document
 * @param probeKind        what the offer measures
 * @param versions         newest first
 * @param cipherSuites     IANA names in order of preference
 * @param groups           IANA names in order of preference; empty: the server may choose any
 * @param keyShares        the groups for which the ClientHello carries a key share (TLS 1.3)
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

    /** The extensions that every offer has. An offer may have no others than these and the optional ones. */
    private static final List<String> ALWAYS = List.of("extended_master_secret", "encrypt_then_mac");

    private static final List<String> OPTIONAL =
            List.of("server_name", "status_request", "signed_certificate_timestamp", "session_ticket", "padding");

    public Offer {
        if (id.isBlank()) throw new IllegalArgumentException("an offer needs an id, which is stored with its results");
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
                    id + ": an offer needs versions and cipher suites, and key shares only of its own groups");
        }
        if (!extensions.containsAll(ALWAYS)
                || !extensions.stream().allMatch(name -> ALWAYS.contains(name) || OPTIONAL.contains(name))) {
            throw new IllegalArgumentException("%s: the extensions are %s; expected all of %s and possibly some of %s"
                    .formatted(id, extensions, ALWAYS, OPTIONAL));
        }
    }

    /** The offer of the nightly census. */
    public static Offer standard() {
        return of(ProbeKind.STANDARD);
    }

    /** The offer of the nightly census before {@link #standard}, for a night that compares both. */
    public static Offer previous() {
        return OfferDocuments.PREVIOUS;
    }

    /** The offer for this kind of probe in this version of the program. */
    public static Offer of(ProbeKind probeKind) {
        return Objects.requireNonNull(OfferDocuments.CURRENT.get(probeKind));
    }

    boolean has(String extension) {
        return extensions.contains(extension);
    }
}
