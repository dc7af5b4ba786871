-- V121: samples of what does not fit into a night, and the error that comes of them (docs/sampling.md)

ALTER TABLE planned_call
    ADD COLUMN drawn_as bigint,
    ADD CONSTRAINT planned_call_drawn_where_it_rotates CHECK (drawn_as IS NULL OR measured_within_nights > 1);

COMMENT ON COLUMN planned_call.drawn_as IS
    'Where not everybody fits a night: the number of what is drawn as one. Endpoints of the night with the same number have the same night in a rotation. A hash of the first host''s name; null if the endpoint is called every night, or if tonight is not its night.';

ALTER TABLE adoption
    ADD COLUMN standard_error numeric(5, 2),
    ADD CONSTRAINT adoption_error_is_of_a_share CHECK (standard_error >= 0 AND pct IS NOT NULL OR standard_error IS NULL);

COMMENT ON COLUMN adoption.standard_error IS
    'Standard error of pct in percent points, from drawing servers that do not fit into a night; null if none of the units that are known was drawn.';

ALTER TABLE distribution
    ADD COLUMN standard_error numeric(5, 2),
    ADD CONSTRAINT distribution_error_is_of_a_share
        CHECK (standard_error >= 0 AND pct IS NOT NULL OR standard_error IS NULL);

COMMENT ON COLUMN distribution.standard_error IS
    'Standard error of pct in percent points, from drawing servers that do not fit into a night; null if none of the units that are known was drawn.';
