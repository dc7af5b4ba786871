-- datasets/codebook.csv: every column of every file, described by the database's comments, followed by the values that
-- it may contain.
WITH file (name, view, ordinal) AS (
    VALUES
        ('servers.csv.gz', 'pub.server'::regclass, 1),
        ('domains.csv.gz', 'pub.domain'::regclass, 2),
        ('adoption.csv', 'pub.adoption'::regclass, 3),
        ('tls_version.csv', 'pub.tls_version'::regclass, 4),
        ('cipher_suite.csv', 'pub.cipher_suite'::regclass, 5),
        ('key_exchange_group.csv', 'pub.key_exchange_group'::regclass, 6),
        ('certificate.csv', 'pub.certificate_trend'::regclass, 7),
        ('old_versions.csv', 'pub.old_version'::regclass, 8),
        ('politeness.csv', 'pub.politeness'::regclass, 9)
),

described AS (
    SELECT
        file.ordinal,
        file.name,
        attribute.attnum,
        attribute.attname::text AS column_name,
        CASE format_type(attribute.atttypid, NULL)
            WHEN 'boolean' THEN 'true, false or empty'
            WHEN 'timestamp with time zone' THEN 'instant, UTC'
            WHEN 'text[]' THEN 'words'
            WHEN 'inet' THEN 'address'
            WHEN 'smallint' THEN 'integer'
            WHEN 'bigint' THEN 'integer'
            ELSE format_type(attribute.atttypid, NULL)
        END AS type,
        col_description(file.view, attribute.attnum) AS meaning
    FROM file
    JOIN pg_attribute AS attribute ON attribute.attrelid = file.view
    WHERE attribute.attnum > 0 AND NOT attribute.attisdropped
),

explained AS (
    SELECT described.ordinal, described.name, described.attnum, described.column_name, word.value, described.type,
           word.meaning
    FROM described
    JOIN pub.meaning AS word ON word.subject = described.column_name
)

SELECT name AS file, column_name AS "column", value, type, meaning
FROM (
    SELECT ordinal, name, attnum, column_name, '' AS value, type, meaning FROM described
    UNION ALL
    SELECT ordinal, name, attnum, column_name, value, 'word', meaning FROM explained
) AS entry
ORDER BY ordinal, attnum, value COLLATE "C"
