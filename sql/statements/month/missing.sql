SELECT missing_months
FROM missing_months(:night)
