-- V031: what a handshake had shown before it broke is kept; two more kinds of calls.

ALTER TABLE observation
    ADD COLUMN tls_unfinished boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN observation.tls_profile_id IS 'What the handshake showed; null if it did not come to a version. See tls_unfinished.';
COMMENT ON COLUMN observation.tls_unfinished IS 'Whether tls_profile_id is what a handshake had shown that then broke. False before this column was there: then only finished handshakes were kept.';
COMMENT ON TABLE tls_profile IS 'What a handshake showed, stored once for all the nights and servers that showed the same. Of one that broke: what had arrived by then.';
COMMENT ON COLUMN tls_profile.chain_id IS 'The certificates as sent; null if there were none, or if the handshake broke before they were there.';
COMMENT ON COLUMN server_verdict.tls_profile_id IS 'What the handshake showed; if none finished, what the latest had shown before it broke.';

ALTER TABLE permit
    DROP CONSTRAINT permit_question_known,
    ADD CONSTRAINT permit_question_known CHECK (
        question IN ('standard', 'small_hello', 'anonymous_too', 'no_server_name', 'one_starttls', 'ehlo_only',
                     'tls_1_0', 'tls_1_1', 'triple_des', 'rc4', 'static_rsa', 'anonymous', 'small_dh')
    );

COMMENT ON COLUMN permit.question IS 'What the call asks: standard; small_hello (the same without the groups of ML-KEM), anonymous_too (that, and suites without a certificate) or no_server_name (standard without SNI), after a handshake that broke; one_starttls (standard, and no second look at a refused STARTTLS) or ehlo_only (what EHLO says, without STARTTLS), where STARTTLS is refused for want of a certificate; or a question of the old-version campaign.';
