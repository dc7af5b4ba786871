-- For tests: rows of the view server_verdict can be inserted, updated and deleted. What they leave out gets a value that any
-- server might have; the provider is the plan's, if there is a plan.
CREATE OR REPLACE FUNCTION census.write_verdict() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = census
AS $$
DECLARE
    key bytea;
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM server_night WHERE night = OLD.night AND endpoint_id = OLD.endpoint_id;
        RETURN OLD;
    END IF;
    NEW.flags := coalesce(NEW.flags, '{}');
    SELECT coalesce(NEW.provider, planned.provider, 'test.example'),
           coalesce(NEW.provider_source, planned.provider_source, 'psl'),
           coalesce(NEW.is_implicit, planned.is_implicit, false),
           coalesce(NEW.measured_within_nights, planned.measured_within_nights, 1)
    INTO NEW.provider, NEW.provider_source, NEW.is_implicit, NEW.measured_within_nights
    FROM (SELECT) AS nothing
    LEFT JOIN planned_call AS planned ON planned.night = NEW.night AND planned.endpoint_id = NEW.endpoint_id;
    key := server_state_sha256(
        NEW.outcome, NEW.starttls, NEW.usable, NEW.reply_code, NEW.enhanced_code, NEW.tls_profile_id, NEW.leaf_sha256, NEW.chain,
        NEW.chain_with_known_intermediates, NEW.chain_ok, NEW.expired, NEW.not_yet_valid, NEW.self_signed, NEW.weak_key,
        NEW.weak_signature, NEW.revoked, NEW.name_match, NEW.inherited_from, NEW.detail, NEW.flags, NEW.provider,
        NEW.provider_source, NEW.is_implicit, NEW.measured_within_nights);
    INSERT INTO server_state (
        sha256, tls_profile_id, measured_within_nights, reply_code, is_implicit, starttls, usable, chain_ok, expired, not_yet_valid,
        self_signed, weak_key, weak_signature, revoked, leaf_sha256, outcome, enhanced_code, chain, chain_with_known_intermediates,
        name_match, inherited_from, detail, flags, provider, provider_source)
    VALUES (
        key, NEW.tls_profile_id, NEW.measured_within_nights, NEW.reply_code, NEW.is_implicit, NEW.starttls, NEW.usable, NEW.chain_ok,
        NEW.expired, NEW.not_yet_valid, NEW.self_signed, NEW.weak_key, NEW.weak_signature, NEW.revoked, NEW.leaf_sha256, NEW.outcome,
        NEW.enhanced_code, NEW.chain, NEW.chain_with_known_intermediates, NEW.name_match, NEW.inherited_from, NEW.detail, NEW.flags,
        NEW.provider, NEW.provider_source)
    ON CONFLICT (sha256) DO NOTHING;
    INSERT INTO night (night, method_version, trust_store, opened_at)
    VALUES (NEW.night, coalesce(NEW.method_version, 'test'), 'test', NEW.night)
    ON CONFLICT (night) DO NOTHING;
    INSERT INTO night_version (night, method_version, is_published, trust_store, judged_at)
    SELECT NEW.night, coalesce(NEW.method_version, 'test'), true, night.trust_store, NEW.night + time '23:00'
    FROM night
    WHERE night.night = NEW.night
      AND NOT EXISTS (SELECT FROM night_version WHERE night_version.night = NEW.night AND is_published);
    UPDATE night_version SET method_version = NEW.method_version
    WHERE night = NEW.night AND is_published AND method_version <> NEW.method_version;
    INSERT INTO server_night (observed_at, endpoint_id, night, state_id, attempts)
    SELECT NEW.observed_at, NEW.endpoint_id, NEW.night, state_id, coalesce(NEW.attempts, 0)
    FROM server_state
    WHERE sha256 = key
    ON CONFLICT (endpoint_id, night) DO UPDATE
    SET state_id = excluded.state_id, observed_at = excluded.observed_at, attempts = excluded.attempts;
    RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER write_verdict INSTEAD OF INSERT OR UPDATE OR DELETE ON census.server_verdict
    FOR EACH ROW EXECUTE FUNCTION census.write_verdict();
