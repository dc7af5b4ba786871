-- Whoever waits stands before those who only try: nobody else comes in between.
SELECT pg_advisory_lock(:key)
