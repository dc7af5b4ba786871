-- The same: what was just added does not count before this.
ANALYZE domain (name)
