-- One row per address of tonight's clean looks.
INSERT INTO look_history (address, is_inconsistent, last_handshake, nights_without, nights_without_before)
SELECT reached.address, reached.is_inconsistent, reached.last_handshake,
       count(*) FILTER (WHERE look_night.night > reached.last_handshake),
       count(*) FILTER (WHERE look_night.night > reached.last_handshake AND look_night.night < :night)
FROM (
    SELECT address, max(night) FILTER (WHERE last_handshake IS NOT NULL) AS last_handshake,
           coalesce(min(first_clean) < max(last_handshake), false)       AS is_inconsistent
    FROM look_night
    GROUP BY address
) AS reached
JOIN look_night USING (address)
GROUP BY reached.address, reached.is_inconsistent, reached.last_handshake
