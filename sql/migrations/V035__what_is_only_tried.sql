-- V035: dry runs and simulations bind nothing, and an accepted shorter list is compared with no longer one.

ALTER TABLE night ADD COLUMN is_rehearsal boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN night.is_rehearsal IS
    'Whether a dry run or a simulation is trying this night out. Its lists, routes and plan are removed when it ends; if its process died, by the next run. True for no night that was begun.';

ALTER TABLE night_list ADD COLUMN is_accepted_shorter boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN night_list.is_accepted_shorter IS
    'Whether the operator accepted, for this night, a list that may be much shorter than before. Later editions are not compared with those of nights before it.';

COMMENT ON COLUMN list_edition.list_id IS
    'The list''s name in every file: the file name without folder, without .csv, .txt, .gz, .zip, and since V035 without a date. stdin for standard input.';
COMMENT ON COLUMN list_edition.file IS 'The file as it was named to us; - for standard input.';
