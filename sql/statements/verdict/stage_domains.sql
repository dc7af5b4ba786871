-- What is concluded of each domain of the night's lists, until it is compared with what is known.
CREATE TEMPORARY TABLE judged_domain (
    observed_at            timestamptz,
    domain_id              bigint  NOT NULL,
    mx_hosts               integer NOT NULL,
    hosts_unknown          integer,
    measured_within_nights integer,
    starttls_any           boolean,
    starttls_primary       boolean,
    starttls_all_reachable boolean,
    name_match_domain      boolean,
    truncated              boolean NOT NULL,
    mixed_provider         boolean NOT NULL,
    route                  text    COLLATE "C" NOT NULL,
    provider               text    COLLATE "C",
    measured               text    COLLATE "C" NOT NULL
) ON COMMIT DROP
