-- V023: what a permit is for, from which address of ours, and what its next attempt is; who asked us to stay away amid a night; a
-- night that was closed before its end; and an index by which a night finds the contacts of earlier ones.

ALTER TABLE permit
    ADD COLUMN source     inet,
    ADD COLUMN kind       text NOT NULL DEFAULT 'mail_server',
    ADD COLUMN retry_kind text,
    ADD CONSTRAINT permit_kind_known CHECK (kind IN ('mail_server', 'policy_host', 'old_version')),
    ADD CONSTRAINT permit_retry_kind_known CHECK (retry_kind IN ('retry', 'confirmation', 'old_version'));

UPDATE permit
SET kind       = CASE WHEN question IN ('standard', 'small_hello') THEN 'mail_server' ELSE 'old_version' END,
    retry_kind = CASE
        WHEN retry_at IS NULL THEN NULL
        WHEN signal = 'no_starttls' THEN 'confirmation'
        WHEN coalesce(retry_question, 'standard') IN ('standard', 'small_hello') THEN 'retry'
        ELSE 'old_version'
    END
WHERE question NOT IN ('standard', 'small_hello')
   OR retry_at IS NOT NULL;

ALTER TABLE permit
    ADD CONSTRAINT permit_retry_says_what_it_is CHECK ((retry_at IS NULL) = (retry_kind IS NULL));

COMMENT ON COLUMN permit.source IS 'Our address that the call may be made from; null where this machine chooses it.';
COMMENT ON COLUMN permit.kind IS 'What is called: mail_server, policy_host (HTTPS, for an MTA-STS policy; not in use yet), or old_version (a mail server, with a question of the old-version campaign).';
COMMENT ON COLUMN permit.retry_kind IS 'What the next attempt is: retry (this one came to nothing), confirmation (a second look at "no STARTTLS"; one is enough for all names of an address), or old_version (a question of the campaign after a call that came to a handshake); null if there is none.';

ALTER TABLE planned_call
    DROP CONSTRAINT planned_call_not_attempted_known,
    ADD CONSTRAINT planned_call_not_attempted_known CHECK (
        not_attempted IN ('special_address', 'no_ipv6', 'inherited', 'suspended', 'budget', 'window_end', 'opted_out')
    );

COMMENT ON COLUMN planned_call.not_attempted IS 'Why it is not called tonight: special_address, no_ipv6, inherited (another name of its address is called), suspended, budget, window_end, opted_out; null if it is called.';

ALTER TABLE night
    ADD COLUMN is_closed_early boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT night_closed_early_is_completed CHECK (completed_at IS NOT NULL OR NOT is_closed_early);

COMMENT ON COLUMN night.is_closed_early IS 'Whether the night was broken off and never went on: a later night closed it. It was judged by what it had, whoever was not called is window_end, and its files were not published.';

-- Permits are added in the order of start_at, so blocks of the table are ranges of it: this index takes some kilobytes a night.
CREATE INDEX permit_by_start ON permit USING brin (start_at) WITH (pages_per_range = 32);
