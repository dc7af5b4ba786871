-- Which ClientHello the night measures by. A night that was continued with another share of the previous one keeps the
-- larger share, and stays a night of overlap. A night that another version of the program continues keeps the
-- ClientHello that it began with. How many addresses get the other one is not known then: the largest share is noted.
UPDATE night
SET offer_id = coalesce(offer_id, :offer_id),
    previous_offer_id = coalesce(
        previous_offer_id,
        CASE WHEN offer_id <> :offer_id::text THEN :offer_id::text ELSE :previous_offer_id::text END),
    previous_offer_percent = CASE
        WHEN offer_id <> :offer_id::text THEN 50
        ELSE greatest(previous_offer_percent, :previous_offer_percent::integer)
    END
WHERE night = :night
