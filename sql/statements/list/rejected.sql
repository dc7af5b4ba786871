-- The lines of an edition that name no mail domain, in order.
SELECT line_number, reason, excerpt
FROM rejected_line
WHERE list_edition_id = :edition
ORDER BY line_number
