-- V019: whether a server's own certificate was revoked, by what it stapled.

ALTER TABLE server_verdict ADD COLUMN revoked boolean;

COMMENT ON COLUMN server_verdict.revoked IS
    'Whether the server''s own certificate was revoked at the time of the call, by the OCSP response that it stapled; null: unknown, also where that cannot be read or verified, is stale or of another certificate.';
