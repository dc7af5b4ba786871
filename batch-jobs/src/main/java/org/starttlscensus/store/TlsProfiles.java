package org.starttlscensus.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.CertificateValidation;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.OcspStatus;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsTraits;

/**
 * Tables {@code certificate}, {@code chain}, {@code chain_certificate}, {@code tls_profile} and {@code ocsp_response}:
 * stored once, by SHA-256.
 */
final class TlsProfiles {

    private final JdbcClient jdbc;

    TlsProfiles(Database database) {
        this.jdbc = database.jdbc();
    }

    /** The key by which equal sessions share a profile. */
    static Octets key(TlsSession session) {
        return Octets.of(String.join(
                        "\n",
                        session.version().label(),
                        session.cipherSuite(),
                        session.keyExchangeGroup().orElse(""),
                        session.signatureScheme().orElse(""),
                        Boolean.toString(session.clientCertificateRequested()),
                        chainKey(session).hex(),
                        session.offerId(),
                        traits(session.traits())))
                .sha256();
    }

    /** Without the stapled OCSP response, which changes every few days. */
    private static String traits(TlsTraits traits) {
        return "%s %s %s %s %s"
                .formatted(
                        traits.extendedMasterSecret(),
                        traits.secureRenegotiation(),
                        traits.sessionTicket(),
                        traits.helloRetryRequested(),
                        traits.timestamps().map(Octets::hex));
    }

    void save(List<TlsSession> sessions, List<Certificate> read) {
        saveCertificates(read.stream()
                .sorted((one, other) -> one.sha256().compareTo(other.sha256()))
                .toList());
        var withChain =
                sessions.stream().filter(session -> !session.chain().isEmpty()).toList();
        jdbc.sql(Sql.named("observation/add_chains"))
                .param("sha256s", bytes(withChain, session -> Optional.of(chainKey(session))))
                .param(
                        "certificates",
                        texts(
                                withChain,
                                session -> Optional.of(session.chain().stream()
                                        .map(der -> der.sha256().hex())
                                        .collect(Collectors.joining(" ")))))
                .update();
        jdbc.sql(Sql.named("observation/add_profiles"))
                .param("sha256s", bytes(sessions, session -> Optional.of(key(session))))
                .param(
                        "tls_versions",
                        texts(sessions, session -> Optional.of(session.version().label())))
                .param("cipher_suites", texts(sessions, session -> Optional.of(session.cipherSuite())))
                .param("key_exchange_groups", texts(sessions, TlsSession::keyExchangeGroup))
                .param("signature_schemes", texts(sessions, TlsSession::signatureScheme))
                .param(
                        "client_certificate_requested",
                        Columns.flags(sessions, session -> Optional.of(session.clientCertificateRequested())))
                .param(
                        "chains",
                        bytes(
                                sessions,
                                session -> Optional.of(session)
                                        .filter(some -> !some.chain().isEmpty())
                                        .map(TlsProfiles::chainKey)))
                .param("offer_ids", texts(sessions, session -> Optional.of(session.offerId())))
                .param(
                        "extended_master_secrets",
                        Columns.flags(sessions, session -> session.traits().extendedMasterSecret()))
                .param(
                        "secure_renegotiations",
                        Columns.flags(sessions, session -> session.traits().secureRenegotiation()))
                .param(
                        "session_tickets",
                        Columns.flags(
                                sessions,
                                session -> Optional.of(session.traits().sessionTicket())))
                .param(
                        "hello_retries",
                        Columns.flags(
                                sessions,
                                session -> Optional.of(session.traits().helloRetryRequested())))
                .param("timestamps", bytes(sessions, session -> session.traits().timestamps()))
                .param("timestamp_counts", Columns.numbers(sessions, TlsProfiles::timestamps))
                .update();
    }

    private static Optional<Integer> timestamps(TlsSession session) {
        var count = session.traits().timestampCount();
        return count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty();
    }

    void saveStaples(List<OcspResponse> read) {
        jdbc.sql(Sql.named("observation/add_ocsp_responses"))
                .param(
                        "sha256s",
                        bytes(read, response -> Optional.of(response.der().sha256())))
                .param("ders", bytes(read, response -> Optional.of(response.der())))
                .param(
                        "response_statuses",
                        texts(read, response -> response.responseStatus().map(OcspStatus::label)))
                .param(
                        "certificate_statuses",
                        texts(read, response -> response.certificateStatus().map(OcspStatus.OfCertificate::label)))
                .param(
                        "this_updates",
                        texts(read, response -> response.thisUpdate().map(Times::text)))
                .param(
                        "next_updates",
                        texts(read, response -> response.nextUpdate().map(Times::text)))
                .update();
    }

    private void saveCertificates(List<Certificate> read) {
        jdbc.sql(Sql.named("observation/add_certificates"))
                .param("sha256s", bytes(read, certificate -> Optional.of(certificate.sha256())))
                .param("ders", bytes(read, certificate -> Optional.of(certificate.der())))
                .param("readable", Columns.flags(read, certificate -> Optional.of(certificate.readable())))
                .param("subjects", texts(read, Certificate::subject))
                .param("issuers", texts(read, Certificate::issuer))
                .param(
                        "not_befores",
                        texts(read, certificate -> certificate.notBefore().map(Times::text)))
                .param(
                        "not_afters",
                        texts(read, certificate -> certificate.notAfter().map(Times::text)))
                .param("serials", texts(read, Certificate::serial))
                .param("key_types", texts(read, Certificate::keyType))
                .param("key_bits", Columns.numbers(read, Certificate::keyBits))
                .param("signature_algorithms", texts(read, Certificate::signatureAlgorithm))
                .param("spki_sha256s", bytes(read, Certificate::spkiSha256))
                .param(
                        "dns_names",
                        read.stream()
                                .map(certificate -> PeerText.array(certificate.dnsNames()))
                                .toArray(String[]::new))
                .param(
                        "common_names",
                        read.stream()
                                .map(certificate -> PeerText.array(certificate.commonNames()))
                                .toArray(String[]::new))
                .param(
                        "other_names",
                        read.stream()
                                .map(certificate -> PeerText.array(certificate.otherNames()))
                                .toArray(String[]::new))
                .param(
                        "names_omitted",
                        read.stream().mapToInt(Certificate::namesOmitted).toArray())
                .param("cas", Columns.flags(read, certificate -> Optional.of(certificate.ca())))
                .param("validations", texts(read, one -> one.validation().map(CertificateValidation::label)))
                .param("sct_counts", Columns.numbers(read, Certificate::sctCount))
                .param("subject_sha256s", bytes(read, Certificate::subjectSha256))
                .param("issuer_sha256s", bytes(read, Certificate::issuerSha256))
                .update();
    }

    private static Octets chainKey(TlsSession session) {
        var hashes = ByteBuffer.allocate(32 * session.chain().size());
        session.chain().forEach(der -> hashes.put(der.sha256().toArray()));
        return Octets.of(hashes.array()).sha256();
    }

    private static <T> byte[][] bytes(List<T> values, Function<T, Optional<Octets>> octets) {
        return values.stream()
                .map(value -> octets.apply(value).map(Octets::toArray).orElse(null))
                .toArray(byte[][]::new);
    }

    private static <T> String[] texts(List<T> values, Function<T, Optional<String>> text) {
        return Columns.texts(values, value -> text.apply(value).map(PeerText::storable));
    }
}
