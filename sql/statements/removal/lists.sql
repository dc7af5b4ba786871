-- Unpins the night's lists, and removes the editions that no other night has. Domains keep their ids.
WITH unpinned AS (
    DELETE FROM night_list
    WHERE night = :night
    RETURNING list_edition_id
),

unused AS (
    SELECT unpinned.list_edition_id
    FROM unpinned
    WHERE NOT EXISTS (
        SELECT
        FROM night_list
        WHERE night_list.list_edition_id = unpinned.list_edition_id
          AND night_list.night <> :night
    )
),

of_rejected AS (
    DELETE FROM rejected_line
    USING unused
    WHERE rejected_line.list_edition_id = unused.list_edition_id
),

of_listed AS (
    DELETE FROM listed_block
    USING unused
    WHERE listed_block.list_edition_id = unused.list_edition_id
)

DELETE FROM list_edition
USING unused
WHERE list_edition.list_edition_id = unused.list_edition_id
