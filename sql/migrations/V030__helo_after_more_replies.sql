-- V030: HELO follows more replies to EHLO (docs/outcomes.md, section 5), and lines without a code are passed over.

COMMENT ON COLUMN observation.helo IS
    'The reply to HELO, which follows only an EHLO answered 500, 501, 502 or 550 without a block text.';
