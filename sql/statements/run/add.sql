INSERT INTO run_request (night, request, requested_at)
VALUES (:night, :request, :now)
