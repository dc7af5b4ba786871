-- Opens the night, or leaves it unchanged if it is already open. Returns the row in both cases. Its month was made before.
WITH opened AS (
    INSERT INTO night (night, method_version, trust_store, opened_at)
    VALUES (:night, :method_version, :trust_store, :now)
    ON CONFLICT (night) DO UPDATE SET night = excluded.night
    RETURNING night, epoch, method_version, trust_store, opened_at, completed_at, is_closed_early, contacts_pruned_at
)

SELECT opened.night, opened.epoch, opened.method_version, opened.trust_store, opened.opened_at, opened.completed_at,
       opened.is_closed_early, opened.contacts_pruned_at
FROM opened
