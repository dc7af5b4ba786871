COPY staged_line (name, rank, line_number, reason, excerpt) FROM STDIN (FORMAT text)
