-- The certificates that servers showed, and in which order. Certificates that name somebody who opted out are left out.
CREATE OR REPLACE VIEW pub.certificate AS
SELECT encode(sha256, 'hex') AS sha256, readable, subject, issuer, not_before, not_after, serial, key_type, key_bits,
       signature_algorithm, encode(spki_sha256, 'hex') AS spki_sha256, dns_names, other_names, names_omitted,
       common_names, is_ca, validation, sct_count,
       -- among the names that only these bytes have may be one that opted out
       CASE WHEN names_omitted = 0 OR NOT EXISTS (SELECT FROM census.opt_out) THEN der END AS der
FROM census.certificate
WHERE NOT is_opted_out;

COMMENT ON VIEW pub.certificate IS 'Every certificate that a mail server ever showed: one row each. What it says is what its maker wrote, so it may say anything.';
COMMENT ON COLUMN pub.certificate.sha256 IS 'SHA-256 of the certificate, in hex, as in pub.server.leaf_sha256 and pub.chain.certificate_sha256.';
COMMENT ON COLUMN pub.certificate.readable IS 'Whether it could be read; if not, all below but der is empty.';
COMMENT ON COLUMN pub.certificate.subject IS 'The subject, as RFC 4514 writes it.';
COMMENT ON COLUMN pub.certificate.issuer IS 'The issuer, as RFC 4514 writes it.';
COMMENT ON COLUMN pub.certificate.not_before IS 'Begin of validity.';
COMMENT ON COLUMN pub.certificate.not_after IS 'End of validity.';
COMMENT ON COLUMN pub.certificate.serial IS 'Serial number, hexadecimal.';
COMMENT ON COLUMN pub.certificate.key_type IS 'Kind of its key: RSA, EC, Ed25519 ...';
COMMENT ON COLUMN pub.certificate.key_bits IS 'Size of its key, in bits.';
COMMENT ON COLUMN pub.certificate.signature_algorithm IS 'Algorithm by which it is signed.';
COMMENT ON COLUMN pub.certificate.spki_sha256 IS 'SHA-256 of its public key, in hex: the same in a renewed certificate that keeps the key.';
COMMENT ON COLUMN pub.certificate.dns_names IS 'The dNSNames among its subjectAltNames.';
COMMENT ON COLUMN pub.certificate.other_names IS 'The others, each with its kind: ip:192.0.2.1, email:, uri:, directory:, oid:, other: and an OID.';
COMMENT ON COLUMN pub.certificate.names_omitted IS 'Entries of the subjectAltName beyond the first 10,000, which are only in der.';
COMMENT ON COLUMN pub.certificate.common_names IS 'The common names of the subject.';
COMMENT ON COLUMN pub.certificate.is_ca IS 'Whether it says that it may issue certificates.';
COMMENT ON COLUMN pub.certificate.validation IS 'What the CA checked: dv, ov, iv or ev, by the CA/B Forum''s policy OIDs; null without one.';
COMMENT ON COLUMN pub.certificate.sct_count IS 'Signed certificate timestamps embedded in it.';
COMMENT ON COLUMN pub.certificate.der IS 'The certificate itself, as sent. Null where names were omitted, while anybody has asked to be left out.';

CREATE OR REPLACE VIEW pub.chain AS
SELECT chain_certificate.chain_id, chain_certificate.position,
       encode(chain_certificate.certificate, 'hex') AS certificate_sha256
FROM census.chain_certificate
JOIN census.certificate ON certificate.sha256 = chain_certificate.certificate
WHERE NOT certificate.is_opted_out;

COMMENT ON VIEW pub.chain IS 'The chains that servers sent: one row per chain and certificate in it. pub.server_chain and pub.handshake say who sent which.';
COMMENT ON COLUMN pub.chain.chain_id IS 'Number of the chain in this database: the same certificates in the same order have the same.';
COMMENT ON COLUMN pub.chain.position IS 'Order as sent, from 0: the server''s own certificate.';
COMMENT ON COLUMN pub.chain.certificate_sha256 IS 'The certificate: pub.certificate.sha256.';
