-- V034: a wait that a reply names stands for later nights too, and is told as it was said.

ALTER TABLE permit
    ADD COLUMN stay_away_said text,
    ADD CONSTRAINT permit_words_name_a_wait
        CHECK (stay_away_said IS NULL OR (stay_away_s IS NOT NULL AND char_length(stay_away_said) BETWEEN 1 AND 400));

COMMENT ON COLUMN permit.stay_away_s IS 'How long the peer asked us to stay away, in seconds from the end of the call, at most 14 days (before V034: one day); null if it did not.';
COMMENT ON COLUMN permit.stay_away_said IS 'The words of its reply that said so, in lower case; null if it did not, and before V034.';

-- Few replies name more than eight hours. Each night reads those of the last two weeks.
CREATE INDEX permit_long_wait ON permit (ended_at) WHERE stay_away_s > 28800;
