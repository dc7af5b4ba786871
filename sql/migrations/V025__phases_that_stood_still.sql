-- V025: what the times of a call's phases mean where a process stood still for longer than their columns hold.

COMMENT ON COLUMN observation.connect_us IS 'Microseconds until connected; null if the phase was not entered. 2147483647 (35 min 47 s) stands for that or more: our process stood still, and detail says for how long. So it is in every column of a phase.';
COMMENT ON COLUMN old_version_call.handshake_us IS 'Microseconds for the handshake; null if it did not come to one. 2147483647 (35 min 47 s) stands for that or more: our process stood still.';
COMMENT ON COLUMN observation.detail IS 'Our own words on an ending that needs some, or on a phase that took longer than its column holds; never a peer''s. Of a local_error it begins "could not be stored as it was" where the call was made and its result could not be stored.';
