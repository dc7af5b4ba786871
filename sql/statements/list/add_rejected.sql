INSERT INTO rejected_line (list_edition_id, line_number, reason, excerpt)
SELECT :edition, line_number, reason, excerpt
FROM staged_line
WHERE reason IS NOT NULL
