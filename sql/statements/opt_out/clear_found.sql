DELETE FROM opt_out_found
