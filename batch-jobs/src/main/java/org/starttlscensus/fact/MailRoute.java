package org.starttlscensus.fact;

import java.util.List;

/**
 * Where one domain's mail goes, as looked up this night.
 *
 * @param domain    the domain asked for
 * @param route     the kind of route, or the kind of failure
 * @param exchanges the usable MX records, at most {@link #MOST_EXCHANGES}, sorted; for an implicit MX the domain itself
 *                  at preference 0; empty for every other route but {@link Route#MX} and {@link Route#MX_UNRESOLVABLE}
 * @param seen      how many usable distinct MX records there were before the limit
 * @param hosts     the addresses of each host in {@code exchanges}, in their order, each host once
 */
public record MailRoute(
        MailDomain domain, Route route, List<MailExchange> exchanges, int seen, List<HostAddresses> hosts) {

    public static final int MOST_EXCHANGES = 10;

    public MailRoute {
        exchanges = List.copyOf(exchanges);
        hosts = List.copyOf(hosts);
        if (exchanges.size() > MOST_EXCHANGES || seen < exchanges.size()) {
            throw new IllegalArgumentException("%s: %d of %d MX records kept; at most %d may be"
                    .formatted(domain, exchanges.size(), seen, MOST_EXCHANGES));
        }
    }

    /** A route without a mail server to call. */
    public static MailRoute without(MailDomain domain, Route route) {
        return new MailRoute(domain, route, List.of(), 0, List.of());
    }

    public boolean truncated() {
        return seen > exchanges.size();
    }
}
