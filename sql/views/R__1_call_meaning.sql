-- The part of pub.meaning that is about single calls: classes of replies, who is charged, questions, flags.

CREATE OR REPLACE VIEW call_meaning AS
SELECT meaning.subject, meaning.value, meaning.meaning
FROM (VALUES
    ('class', 'ok', 'A complete session.'),
    ('class', 'no_starttls', 'A complete session without an offer of STARTTLS.'),
    ('class', 'muted', 'The reply to EHLO has almost no content, as from servers that have already decided to refuse.'),
    ('class', 'stripped', 'A middlebox masks the dialogue.'),
    ('class', 'blocked_reputation', 'Refused by reputation or blocklist, in so many words.'),
    ('class', 'blocked_suspected', 'Refused without a reason, as servers do that block.'),
    ('class', 'rate_limited', 'Asked to come more slowly, or with fewer connections.'),
    ('class', 'greylisted', 'Asked to try again later, as unknown clients are.'),
    ('class', 'temporary_unavailable', 'Temporarily unavailable.'),
    ('class', 'tls_unavailable', 'TLS is advertised, and temporarily not available.'),
    ('class', 'policy_requires_tls', 'TLS was asked for before TLS could begin.'),
    ('class', 'not_smtp', 'Something else than SMTP answers.'),
    ('class', 'other', 'Anything else: no answer, a connection that ended early, a handshake that failed.'),
    ('class', 'unknown', 'Nothing is known: the census was interrupted, and the call may have been made.'),
    ('charged', 'provider', 'Whoever is identified as the provider runs its servers, and is left alone as a whole.'),
    ('charged', 'address', 'Unrelated customers run the servers of a network or pool: only the address that refused is left alone, or the whole once refusals spread.'),
    ('charged', 'both', 'The provider runs some of its servers, and is charged with their refusals; customers run the others, and their addresses are charged.'),
    ('question', 'tls_1_0', 'Would it accept TLS 1.0, when nothing newer is offered?'),
    ('question', 'tls_1_1', 'Would it accept TLS 1.1, when nothing else is offered?'),
    ('question', 'triple_des', 'Would it accept 3DES, when no other cipher is offered?'),
    ('question', 'rc4', 'Would it accept RC4, when no other cipher is offered?'),
    ('question', 'static_rsa', 'Would it accept a key exchange without forward secrecy, when no other is offered? A server without an RSA key cannot.'),
    ('question', 'anonymous', 'Would it accept a session without any certificate, when no other is offered?'),
    ('question', 'small_dh', 'Would it use Diffie-Hellman in a group below 2,048 bits, when it may name any and no other key exchange is offered?'),
    ('flags', 'small_hello', 'It broke off at a ClientHello of two packets, and finished the handshake with one that fits one packet, without the hybrid group; after a silence of ten seconds or more, in at most a tenth of it.'),
    ('flags', 'not_asked', 'It advertised STARTTLS, which was not said: it had refused it for want of a certificate, confirmed. tls_unavailable where it last did so within seven nights, and detail says when; else temp_unavailable.'),
    ('flags', 'inconsistent', 'Within 90 days a handshake at its address had followed an observation without STARTTLS, as in a farm of different servers. no_starttls needs 30 nights without a handshake then.'),
    ('flags', 'sni_refused', 'It broke off the handshake because of the name in SNI, by the fatal alert unrecognized_name, and was called once more without a name. The outcome, the certificate and name are of that call, if it finished.'),
    ('flags', 'unadvertised', 'STARTTLS worked although EHLO did not offer it.'),
    ('flags', 'muted_ehlo', 'The reply to EHLO has almost no content, as from servers that have already decided to refuse.'),
    ('flags', 'masked_banner', 'A middlebox has overwritten the greeting.'),
    ('flags', 'injection_suspect', 'Plaintext bytes followed the reply that announced TLS.')
) AS meaning (subject, value, meaning);

COMMENT ON VIEW call_meaning IS 'The values of columns that describe calls, and their meanings. pub.meaning has them too.';
COMMENT ON COLUMN call_meaning.subject IS 'The column that has the value.';
COMMENT ON COLUMN call_meaning.value IS 'The value.';
COMMENT ON COLUMN call_meaning.meaning IS 'What it means, and how it is counted.';
