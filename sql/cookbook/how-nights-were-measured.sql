-- How was each night measured, and from which lists did it start?
SELECT night.night, night.method_version, night.trust_store, night.offers, night.program_version, night.is_closed_early,
       list.list_id, list.accepted, list.rejected, list.sha256
FROM pub.night
JOIN pub.night_list AS list ON list.night = night.night
ORDER BY night.night, list.position;
