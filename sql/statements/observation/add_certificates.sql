-- Sorted by hash, so that two writers cannot deadlock.
INSERT INTO certificate (sha256, der, readable, subject, issuer, not_before, not_after, serial, key_type, key_bits,
                         signature_algorithm, spki_sha256, dns_names, common_names, other_names, names_omitted, is_ca,
                         validation, sct_count, subject_sha256, issuer_sha256)
SELECT DISTINCT ON (seen.sha256) seen.sha256, seen.der, seen.readable, seen.subject, seen.issuer,
       seen.not_before::timestamptz, seen.not_after::timestamptz, seen.serial, seen.key_type, seen.key_bits,
       seen.signature_algorithm, seen.spki_sha256, seen.dns_names::text[], seen.common_names::text[],
       seen.other_names::text[], seen.names_omitted, seen.is_ca, seen.validation, seen.sct_count, seen.subject_sha256,
       seen.issuer_sha256
FROM unnest(:sha256s, :ders, :readable, :subjects, :issuers, :not_befores, :not_afters, :serials, :key_types, :key_bits,
            :signature_algorithms, :spki_sha256s, :dns_names, :common_names, :other_names, :names_omitted, :cas,
            :validations,
            :sct_counts, :subject_sha256s, :issuer_sha256s)
    AS seen (sha256, der, readable, subject, issuer, not_before, not_after, serial, key_type, key_bits,
             signature_algorithm, spki_sha256, dns_names, common_names, other_names, names_omitted, is_ca, validation,
             sct_count, subject_sha256, issuer_sha256)
ORDER BY seen.sha256
ON CONFLICT (sha256) DO NOTHING
