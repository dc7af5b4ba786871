-- A night that is continued as it was measured before gets no further row, and one that was not opened gets none.
-- Nor does one that an earlier version of the program planned and did not keep this for: how it began is unknown.
WITH latest AS (
    SELECT ordinal, is_lab, time_scale, patience_scale, port, confirmation_gap_s, offers, previous_offer,
           previous_offer_percent, provider_rules, provider_rules_sha256, reply_rules, program_version
    FROM night_conditions
    WHERE night = :night
    ORDER BY ordinal DESC
    LIMIT 1
)

INSERT INTO night_conditions (
    night, ordinal, since, is_lab, time_scale, patience_scale, port, confirmation_gap_s, offers, previous_offer,
    previous_offer_percent, provider_rules, provider_rules_sha256, reply_rules, program_version)
SELECT night.night, coalesce((SELECT ordinal FROM latest), 0) + 1, :now, :is_lab, :time_scale, :patience_scale, :port,
       :confirmation_gap_s, :offers, :previous_offer, :previous_offer_percent, :provider_rules,
       :provider_rules_sha256, :reply_rules, :program_version
FROM night
WHERE night.night = :night
  AND (
      EXISTS (SELECT FROM latest)
      OR NOT EXISTS (SELECT FROM planned_call WHERE planned_call.night = :night)
  )
  AND NOT EXISTS (
      SELECT
      FROM latest
      WHERE is_lab = :is_lab
        AND time_scale = :time_scale
        AND patience_scale = :patience_scale
        AND port = :port
        AND confirmation_gap_s = :confirmation_gap_s
        AND offers = :offers::text[]
        AND previous_offer = :previous_offer
        AND previous_offer_percent = :previous_offer_percent
        AND provider_rules = :provider_rules
        AND provider_rules_sha256 = :provider_rules_sha256
        AND reply_rules = :reply_rules
        AND program_version = :program_version
  )
