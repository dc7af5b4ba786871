-- Whether a plan ever named it, or an operator did.
SELECT EXISTS (SELECT FROM planned_call WHERE provider = :provider)
    OR EXISTS (SELECT FROM provider_word WHERE provider = :provider)
