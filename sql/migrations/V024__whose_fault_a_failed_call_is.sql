-- V024: what fails for everybody on this machine is told apart from what fails for one call, so that one peer, or a router
-- before it, cannot hold up the whole night.

ALTER TABLE observation DROP CONSTRAINT observation_ending_known;
ALTER TABLE observation ADD CONSTRAINT observation_ending_known CHECK (
    ending IN ('completed', 'replied', 'closed', 'reset', 'timed_out', 'refused', 'no_route', 'too_much', 'not_smtp',
               'injected', 'tls_failure', 'not_callable', 'not_dialled', 'no_family', 'no_route_here', 'local_error',
               'broken_off')
);

ALTER TABLE permit DROP CONSTRAINT permit_reception_known;
ALTER TABLE permit ADD CONSTRAINT permit_reception_known CHECK (reception IN (
    'welcomed', 'rate_limited', 'overloaded', 'temporary', 'greylisted', 'blocked', 'suspected', 'unreachable', 'tarpitted',
    'handshake_failed', 'self_inflicted', 'injected', 'local_error', 'no_route_here', 'neutral'));

COMMENT ON COLUMN observation.ending IS 'How it ended, as seen on the wire. Ours are: no_family (our source address is of the other IP version), no_route_here (this machine has no way to the address), local_error (this machine can call nobody), broken_off (a bug of ours, or the end of the run); before V024 local_error stood for the last three.';
COMMENT ON COLUMN planned_call.detail IS 'Why not, in words, where not_attempted alone does not tell: for special_address the block, for suspended and budget what holds us back. Null where it does.';
