-- Working tables: each is filled, analysed, and only then joined. As parts of one statement they would be taken for a few
-- rows, and every provider would be compared with every other.

-- The servers that the night may have called, and whether its plan meant to.
CREATE TEMPORARY TABLE polite_server (
    endpoint_id     bigint           NOT NULL,
    provider        text COLLATE "C" NOT NULL,
    provider_source text             NOT NULL,
    is_meant        boolean          NOT NULL
) ON COMMIT DROP;

-- Its calls: when each began at the earliest and at the latest, and when it had ended.
CREATE TEMPORARY TABLE polite_call (
    provider    text COLLATE "C" NOT NULL,
    endpoint_id bigint           NOT NULL,
    permit_id   bigint           NOT NULL,
    class       text COLLATE "C" NOT NULL,
    earliest    timestamptz      NOT NULL,
    latest      timestamptz      NOT NULL,
    ended       timestamptz      NOT NULL
) ON COMMIT DROP
