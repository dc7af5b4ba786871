-- V021: a permit says when its call ended exactly where a call was reported; whoever folds a night relies on it.

ALTER TABLE permit
    ADD CONSTRAINT permit_ended_where_reported
        CHECK ((ended_at IS NOT NULL) = (coalesce(signal, 'not_dialled') NOT IN ('not_dialled', 'abandoned')));
