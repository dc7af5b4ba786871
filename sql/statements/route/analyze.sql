-- Of what resolving fills; on most nights that is little. A fixed number of rows of each is looked at.
ANALYZE mail_route, route_failure, mx_set, mx_set_member, mail_host, host_addresses, host_failure, endpoint
