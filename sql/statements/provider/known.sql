-- Whether any plan or operator override names this provider.
SELECT EXISTS (SELECT FROM planned_call WHERE provider = :provider)
    OR EXISTS (SELECT FROM provider_word WHERE provider = :provider)
