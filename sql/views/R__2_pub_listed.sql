-- Which domains stood on which list on which night.
CREATE OR REPLACE VIEW pub.listed AS
SELECT night_list.night, list_edition.list_id, domain.name AS domain, nullif(entry.rank, 0) AS rank
FROM census.night_list
JOIN census.night ON night.night = night_list.night AND NOT night.is_rehearsal
JOIN census.list_edition ON list_edition.list_edition_id = night_list.list_edition_id
JOIN census.listed_block ON listed_block.list_edition_id = night_list.list_edition_id
CROSS JOIN LATERAL unnest(listed_block.ranks) WITH ORDINALITY AS entry (rank, place)
JOIN census.domain
    ON domain.domain_id = census.domain_at(listed_block.block, entry.place)
    -- the same said of the block, so that one domain finds it by the key
    AND census.block_of(domain.domain_id) = listed_block.block
WHERE entry.rank IS NOT NULL
  AND NOT domain.is_opted_out;

COMMENT ON VIEW pub.listed IS 'The lists of each night: one row per night, list and domain. Domains that opted out have none.';
COMMENT ON COLUMN pub.listed.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.listed.list_id IS 'The list, by the name of its file without a date.';
COMMENT ON COLUMN pub.listed.domain IS 'The domain, canonical (UTS #46, A-labels).';
COMMENT ON COLUMN pub.listed.rank IS 'Its best rank in that list: 1 is the top; null in a list without ranks.';

CREATE OR REPLACE VIEW pub.night_list AS
SELECT night_list.night, night_list.position, list_edition.list_id, list_edition.file,
       encode(list_edition.sha256, 'hex') AS sha256, list_edition.bytes, list_edition.lines, list_edition.accepted,
       list_edition.rejected, list_edition.blank, list_edition.duplicates, list_edition.read_at
FROM census.night_list
JOIN census.night ON night.night = night_list.night AND NOT night.is_rehearsal
JOIN census.list_edition ON list_edition.list_edition_id = night_list.list_edition_id;

COMMENT ON VIEW pub.night_list IS 'Which files the lists of a night came from: one row per night and list.';
COMMENT ON COLUMN pub.night_list.night IS 'The UTC date on which the night''s window opened.';
COMMENT ON COLUMN pub.night_list.position IS 'Order in which the lists were named, from 1.';
COMMENT ON COLUMN pub.night_list.list_id IS 'The list, by the name of its file without a date.';
COMMENT ON COLUMN pub.night_list.file IS 'The file, as the operator named it.';
COMMENT ON COLUMN pub.night_list.sha256 IS 'SHA-256 of the file, in hex.';
COMMENT ON COLUMN pub.night_list.bytes IS 'Size of the file.';
COMMENT ON COLUMN pub.night_list.lines IS 'Its lines: accepted, rejected and blank ones.';
COMMENT ON COLUMN pub.night_list.accepted IS 'Lines that name a domain, duplicates included.';
COMMENT ON COLUMN pub.night_list.rejected IS 'Lines that name none.';
COMMENT ON COLUMN pub.night_list.blank IS 'Empty lines, comments and one header line.';
COMMENT ON COLUMN pub.night_list.duplicates IS 'Accepted lines whose domain stood earlier in the same file.';
COMMENT ON COLUMN pub.night_list.read_at IS 'When it was read.';
