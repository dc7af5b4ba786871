-- The month has no statistics of tonight's permits yet; without them the next statement joins by nested loops.
ANALYZE permit
