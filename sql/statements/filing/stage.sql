-- The key of each server's state, and what the plan says of the server.
CREATE TEMPORARY TABLE filed_server (
    endpoint_id            integer NOT NULL,
    sha256                 bytea   NOT NULL,
    provider               text    COLLATE "C" NOT NULL,
    provider_source        text    COLLATE "C" NOT NULL,
    is_implicit            boolean NOT NULL,
    measured_within_nights integer NOT NULL
) ON COMMIT DROP
