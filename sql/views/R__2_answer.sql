-- How one metric builds on another, and what a server is in a roll-up. Used by the step aggregate.

CREATE OR REPLACE FUNCTION trend_answer(gate text, finding boolean)
    RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE gate
        WHEN 'yes' THEN CASE finding WHEN true THEN 'yes' WHEN false THEN 'no' ELSE 'unknown' END
        WHEN 'no' THEN 'out'
        ELSE gate
    END
$$;

COMMENT ON FUNCTION trend_answer IS
    'A server''s answer to a metric whose denominator is the yes of another one, the gate. Only a yes there can be a yes or a no here (a null finding is unknown); a no there is out of this metric; an unknown there might be in it, so it stays unknown; out stays out.';

CREATE OR REPLACE FUNCTION roll_up_standing(outcome text, is_implicit boolean)
    RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE
        -- There is no ELSE: an outcome that has no line here gives null, which stops the step.
        WHEN outcome IN ('not_smtp', 'no_mail_521') THEN 'left'
        WHEN outcome = 'not_attempted_special_address' THEN 'special'
        WHEN outcome = 'not_attempted_opted_out' THEN 'opted_out'
        WHEN outcome = 'not_attempted_no_ipv6' THEN 'other_family'
        WHEN outcome IN (
            'unreachable_refused', 'unreachable_no_route', 'unreachable_timeout', 'unreachable_reset')
            THEN CASE WHEN is_implicit THEN 'silent' ELSE 'counts' END
        WHEN outcome IN (
            'starttls_ok', 'client_cert_required', 'tls_failed', 'tls_unavailable', 'starttls_refused',
            'policy_requires_tls', 'no_starttls', 'no_starttls_unconfirmed', 'starttls_stripped', 'injection_suspect',
            'blocked', 'blocked_suspected', 'rate_limited', 'greylisted', 'tarpitted', 'temp_unavailable',
            'closed_early', 'protocol_error', 'not_attempted_suspended', 'not_attempted_budget',
            'not_attempted_window_end', 'not_attempted_inherited', 'local_error', 'self_inflicted')
            THEN 'counts'
    END
$$;

COMMENT ON FUNCTION roll_up_standing IS
    'What a server of that outcome is when servers add up to hosts. counts: its answer, be it unknown, counts. left, special: it counts for nothing. silent: only an implicit MX, and no answer; unknown beside a server that counts, else nothing. opted_out: the same, but counted in n_opted_out. other_family: leaves if the host has an address of a family that we have. Null: not an outcome.';
