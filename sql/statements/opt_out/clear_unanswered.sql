DELETE FROM opt_out_unanswered
WHERE night <> :night
