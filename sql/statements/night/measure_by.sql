-- Which ClientHello the night measures by. A night that was continued with another share of the previous one keeps the
-- larger share, and stays a night of overlap.
UPDATE night
SET offer_id = :offer_id,
    previous_offer_id = coalesce(:previous_offer_id::text, previous_offer_id),
    previous_offer_percent = greatest(previous_offer_percent, :previous_offer_percent::integer)
WHERE night = :night
