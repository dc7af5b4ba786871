-- V117: what addresses have shown of STARTTLS over all nights, and who asked to be left out

CREATE TABLE address_starttls (
    address           inet        NOT NULL,
    last_handshake    timestamptz,
    handshake_night   date,
    first_clean       timestamptz,
    last_clean        timestamptz,
    clean_since       timestamptz,
    clean_since_night date,
    last_overturned   timestamptz,

    CONSTRAINT address_starttls_pkey PRIMARY KEY (address),
    CONSTRAINT address_starttls_shows_something CHECK (last_handshake IS NOT NULL OR first_clean IS NOT NULL),
    CONSTRAINT address_starttls_clean_is_whole CHECK ((first_clean IS NULL) = (last_clean IS NULL)),
    CONSTRAINT address_starttls_clean_goes_forward CHECK (first_clean <= last_clean AND clean_since <= last_clean),
    CONSTRAINT address_starttls_nights_are_whole CHECK (
        (last_handshake IS NULL) = (handshake_night IS NULL) AND (clean_since IS NULL) = (clean_since_night IS NULL)
    ),
    CONSTRAINT address_starttls_clean_since_handshake CHECK (clean_since_night > handshake_night),
    CONSTRAINT address_starttls_overturned_by_handshake CHECK (
        last_overturned IS NULL OR coalesce(last_overturned < last_handshake, false)
    )
) WITH (fillfactor = 70);

COMMENT ON TABLE address_starttls IS 'What the calls of all nights have shown of an address, by any of its names: the evidence for and against "no STARTTLS" that outlives a night. Kept for ever; on-demand calls count.';
COMMENT ON COLUMN address_starttls.address IS 'The address.';
COMMENT ON COLUMN address_starttls.last_handshake IS 'Start of the last call whose TLS handshake finished; null if none ever did.';
COMMENT ON COLUMN address_starttls.handshake_night IS 'The night in whose ledger it stands.';
COMMENT ON COLUMN address_starttls.first_clean IS 'Start of the first call that was a clean look without STARTTLS (docs/outcomes.md, section 5); null if none was.';
COMMENT ON COLUMN address_starttls.last_clean IS 'Start of the last such call.';
COMMENT ON COLUMN address_starttls.clean_since IS 'Start of the first such call on a night after handshake_night; null if there is none.';
COMMENT ON COLUMN address_starttls.clean_since_night IS 'The night in whose ledger it stands.';
COMMENT ON COLUMN address_starttls.last_overturned IS 'Start of the last such call that a handshake followed within 90 days, as in a farm of servers of which only some have STARTTLS; null if none did.';

CREATE TABLE starttls_loss (
    address         inet        NOT NULL,
    last_handshake  timestamptz NOT NULL,
    first_seen      timestamptz NOT NULL,
    suspected_night date,
    ended_night     date,
    is_lost         boolean,

    CONSTRAINT starttls_loss_pkey PRIMARY KEY (address, last_handshake),
    CONSTRAINT starttls_loss_ends_whole CHECK ((ended_night IS NULL) = (is_lost IS NULL)),
    CONSTRAINT starttls_loss_is_suspected_or_lost CHECK (suspected_night IS NOT NULL OR is_lost),
    CONSTRAINT starttls_loss_goes_forward CHECK (ended_night >= suspected_night)
);

CREATE INDEX starttls_loss_open ON starttls_loss (address) WHERE ended_night IS NULL;

COMMENT ON TABLE starttls_loss IS 'Changes of an address from STARTTLS to none: suspected on the second night without it, then lost when "no STARTTLS" is confirmed, or withdrawn at the next handshake. In no file yet.';
COMMENT ON COLUMN starttls_loss.address IS 'The address.';
COMMENT ON COLUMN starttls_loss.last_handshake IS 'Start of the last call whose handshake finished before.';
COMMENT ON COLUMN starttls_loss.first_seen IS 'Start of the first clean look without STARTTLS after it.';
COMMENT ON COLUMN starttls_loss.suspected_night IS 'The second night with such a look; null if the loss was confirmed before.';
COMMENT ON COLUMN starttls_loss.ended_night IS 'The night that confirmed or withdrew it; null while it is open.';
COMMENT ON COLUMN starttls_loss.is_lost IS 'True: confirmed (starttls_lost). False: a handshake followed (starttls_loss_withdrawn). Null while it is open (starttls_loss_suspected).';

CREATE TABLE starttls_refusal (
    address     inet NOT NULL,
    first_night date NOT NULL,
    last_night  date NOT NULL,

    CONSTRAINT starttls_refusal_pkey PRIMARY KEY (address),
    CONSTRAINT starttls_refusal_goes_forward CHECK (last_night >= first_night)
);

COMMENT ON TABLE starttls_refusal IS 'Addresses that advertise STARTTLS and refuse it for want of a certificate (tls_unavailable): it is said to them once in seven nights.';
COMMENT ON COLUMN starttls_refusal.address IS 'The address.';
COMMENT ON COLUMN starttls_refusal.first_night IS 'The night that confirmed it.';
COMMENT ON COLUMN starttls_refusal.last_night IS 'The last night on which STARTTLS was said there, and refused.';

CREATE TABLE opt_out (
    opt_out_id integer     GENERATED ALWAYS AS IDENTITY,
    name       text        COLLATE "C",
    network    cidr,
    since      timestamptz NOT NULL,

    CONSTRAINT opt_out_pkey PRIMARY KEY (opt_out_id),
    CONSTRAINT opt_out_once UNIQUE NULLS NOT DISTINCT (name, network),
    CONSTRAINT opt_out_is_of_one CHECK (num_nonnulls(name, network) = 1),
    CONSTRAINT opt_out_name_is_canonical CHECK (name !~ '[^a-z0-9._-]' AND length(name) BETWEEN 1 AND 253)
);

COMMENT ON TABLE opt_out IS 'Who asked to be left out: names, with all names below them, and networks. No view of schema pub shows them, for no night (decision 0054).';
COMMENT ON COLUMN opt_out.opt_out_id IS 'Key.';
COMMENT ON COLUMN opt_out.name IS 'A domain or a mail host: lower case, A-labels, no trailing dot. All names below it are left out too.';
COMMENT ON COLUMN opt_out.network IS 'A network or one address.';
COMMENT ON COLUMN opt_out.since IS 'When the wish became known.';
