-- V010: what moves the pace of a provider stands in the permit, so that a fold over the permits of a night comes to the same pace.

ALTER TABLE permit
    ADD COLUMN reception   text,
    ADD COLUMN naming      text,
    ADD COLUMN stay_away_s integer;

-- Of permits from before, the class of the reply is all that is known.
UPDATE permit
SET naming    = 'nobody',
    reception = CASE signal
        WHEN 'ok' THEN 'welcomed' WHEN 'no_starttls' THEN 'welcomed' WHEN 'tls_unavailable' THEN 'welcomed'
        WHEN 'rate_limited' THEN 'rate_limited' WHEN 'temporary_unavailable' THEN 'temporary' WHEN 'greylisted' THEN 'greylisted'
        WHEN 'blocked_reputation' THEN 'blocked' WHEN 'blocked_suspected' THEN 'suspected' WHEN 'muted' THEN 'suspected'
        ELSE 'neutral'
    END
WHERE closed_at IS NOT NULL
  AND started_at IS NOT NULL
  AND signal NOT IN ('not_dialled', 'abandoned');

ALTER TABLE permit
    ADD CONSTRAINT permit_reception_known CHECK (reception IN (
        'welcomed', 'rate_limited', 'overloaded', 'temporary', 'greylisted', 'blocked', 'suspected', 'unreachable', 'tarpitted',
        'handshake_failed', 'self_inflicted', 'injected', 'local_error', 'neutral')),
    ADD CONSTRAINT permit_naming_known CHECK (naming IN ('nobody', 'us', 'a_list')),
    ADD CONSTRAINT permit_naming_where_received CHECK ((reception IS NULL) = (naming IS NULL)),
    ADD CONSTRAINT permit_stay_away_where_received CHECK (stay_away_s IS NULL OR (reception IS NOT NULL AND stay_away_s >= 0));

COMMENT ON COLUMN permit.reception IS 'How the call was received, as far as it moves the pace of its provider: a row of the table of signals. Null unless it was made.';
COMMENT ON COLUMN permit.naming IS 'Whom the text of a refusal names: nobody (or somebody else), us (our address or network), a_list (a public list that carries our address).';
COMMENT ON COLUMN permit.stay_away_s IS 'How long the peer asked us to stay away, in seconds, as it said; null if it did not.';
