-- V119: how we know of each wish to be left out, and which rows were put right or taken out of published files

CREATE TABLE opt_out_wish (
    opt_out_id    integer     NOT NULL,
    channel       text        NOT NULL,
    noted_at      timestamptz NOT NULL,
    noted_by      text,
    asked_by      text,
    note          text,
    record        text        COLLATE "C",
    last_seen     date,
    absent_nights smallint    NOT NULL DEFAULT 0,
    last_absent   date,

    CONSTRAINT opt_out_wish_pkey PRIMARY KEY (opt_out_id, channel),
    CONSTRAINT opt_out_wish_of_somebody FOREIGN KEY (opt_out_id) REFERENCES opt_out ON DELETE CASCADE,
    CONSTRAINT opt_out_wish_channel_known CHECK (channel IN ('told', 'dns')),
    CONSTRAINT opt_out_wish_dns_is_seen CHECK ((channel = 'dns') = (record IS NOT NULL AND last_seen IS NOT NULL)),
    CONSTRAINT opt_out_wish_absence_is_whole CHECK ((absent_nights > 0) = (last_absent IS NOT NULL)),
    CONSTRAINT opt_out_wish_absent_after_seen CHECK (last_absent > last_seen),
    CONSTRAINT opt_out_wish_asked_by_is_bounded CHECK (char_length(asked_by) BETWEEN 1 AND 200),
    CONSTRAINT opt_out_wish_note_is_bounded CHECK (char_length(note) BETWEEN 1 AND 500)
);

COMMENT ON TABLE opt_out_wish IS 'How we know that somebody asked to be left out: by being told, by a record in the DNS, or both. Who is left out stands in opt_out, and stays there while one of these is here. Never published.';
COMMENT ON COLUMN opt_out_wish.opt_out_id IS 'Who is left out.';
COMMENT ON COLUMN opt_out_wish.channel IS 'told: our operator noted it (census opt-out add). dns: a record of theirs says so.';
COMMENT ON COLUMN opt_out_wish.noted_at IS 'When it was noted, or when the record was first seen.';
COMMENT ON COLUMN opt_out_wish.noted_by IS 'The user of our machine who noted it; null for dns.';
COMMENT ON COLUMN opt_out_wish.asked_by IS 'Who asked, as our operator wrote it; null if not written, and for dns.';
COMMENT ON COLUMN opt_out_wish.note IS 'How and when they asked, as our operator wrote it; null if not written, and for dns.';
COMMENT ON COLUMN opt_out_wish.record IS 'The name of the TXT record; null for told.';
COMMENT ON COLUMN opt_out_wish.last_seen IS 'The last night that saw the record; null for told.';
COMMENT ON COLUMN opt_out_wish.absent_nights IS 'How many nights since then were answered that there is no such record. A look-up that failed is no answer.';
COMMENT ON COLUMN opt_out_wish.last_absent IS 'The last of these nights; null if there is none.';

CREATE TABLE opt_out_unanswered (
    night   date NOT NULL,
    address inet NOT NULL,

    CONSTRAINT opt_out_unanswered_pkey PRIMARY KEY (night, address)
);

COMMENT ON TABLE opt_out_unanswered IS 'Addresses for which the DNS did not say tonight whether they opted out: they are not called. Kept for one night.';
COMMENT ON COLUMN opt_out_unanswered.night IS 'The night.';
COMMENT ON COLUMN opt_out_unanswered.address IS 'The address.';

CREATE TABLE opt_out_takedown (
    opt_out_id integer     NOT NULL,
    folder     text        NOT NULL,
    done_at    timestamptz NOT NULL,

    CONSTRAINT opt_out_takedown_pkey PRIMARY KEY (opt_out_id, folder),
    CONSTRAINT opt_out_takedown_of_somebody FOREIGN KEY (opt_out_id) REFERENCES opt_out ON DELETE CASCADE
);

COMMENT ON TABLE opt_out_takedown IS 'In which folders of published nights the rows of somebody who opted out were taken out. Who has no row here is taken out when the next night is published there.';
COMMENT ON COLUMN opt_out_takedown.opt_out_id IS 'Who is left out.';
COMMENT ON COLUMN opt_out_takedown.folder IS 'The folder that holds the nights.';
COMMENT ON COLUMN opt_out_takedown.done_at IS 'When the last of its files was written.';

-- Each night reads these few.
CREATE INDEX domain_opted_out ON domain (domain_id) WHERE is_opted_out;

CREATE TABLE correction (
    correction_id  integer     GENERATED ALWAYS AS IDENTITY,
    night          date        NOT NULL,
    endpoint_id    bigint      NOT NULL,
    because        text        NOT NULL,
    asked_at       timestamptz NOT NULL,
    outcome_before text        NOT NULL,
    outcome_after  text        NOT NULL,
    computed_at    timestamptz,
    published_at   timestamptz,

    CONSTRAINT correction_pkey PRIMARY KEY (correction_id),
    CONSTRAINT correction_of_night FOREIGN KEY (night) REFERENCES night ON DELETE CASCADE,
    CONSTRAINT correction_because_is_bounded CHECK (char_length(because) BETWEEN 1 AND 500)
);

COMMENT ON TABLE correction IS 'Published verdicts that were put right after another look that a postmaster asked for (census recheck).';
COMMENT ON COLUMN correction.correction_id IS 'Key.';
COMMENT ON COLUMN correction.night IS 'The night whose verdict was replaced.';
COMMENT ON COLUMN correction.endpoint_id IS 'The server.';
COMMENT ON COLUMN correction.because IS 'Why it was looked at again, as our operator wrote it; never published.';
COMMENT ON COLUMN correction.asked_at IS 'When.';
COMMENT ON COLUMN correction.outcome_before IS 'The outcome that was published.';
COMMENT ON COLUMN correction.outcome_after IS 'The outcome that replaced it; it may be the same, with a better chain or name.';
COMMENT ON COLUMN correction.computed_at IS 'When what follows from it, domains and trends, was computed again; null while that is to be done.';
COMMENT ON COLUMN correction.published_at IS 'When the files of the night were written again; null while that is to be done.';
