-- The tables that the resolve step fills, on most nights with few rows. ANALYZE samples a fixed number of rows of each.
ANALYZE mail_route, route_failure, mx_set, mx_set_member, mail_host, host_addresses, host_failure, endpoint
