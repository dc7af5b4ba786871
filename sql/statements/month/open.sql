SELECT open_month(:night)::text
