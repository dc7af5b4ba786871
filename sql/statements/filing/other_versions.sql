-- How many of a night's servers were judged by another version of the program, which was replaced meanwhile.
SELECT count(*)
FROM assessed_server
WHERE night = :night
  AND method_version <> :method_version
