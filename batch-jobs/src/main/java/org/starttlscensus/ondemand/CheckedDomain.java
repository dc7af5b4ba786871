package org.starttlscensus.ondemand;

import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailRoute;

/**
 * The result of checking one domain.
 *
 * @param night   the night whose ledger has the calls
 * @param route   as resolved now
 * @param servers in the order in which a sender tries them
 */
public record CheckedDomain(CensusNight night, MailRoute route, List<CheckedServer> servers) {

    public CheckedDomain {
        servers = List.copyOf(servers);
    }

    /** Whether a server was not called only because a night is running, so a later check may have a result. */
    public boolean isWorthRetrying() {
        return servers.stream()
                .map(CheckedServer::finding)
                .anyMatch(finding ->
                        finding instanceof CheckedServer.Finding.NotMeasured(var notMeasuredReason, var _, var _)
                                && (notMeasuredReason == CheckedServer.NotMeasuredReason.RUN_AT_WORK
                                        || notMeasuredReason == CheckedServer.NotMeasuredReason.PLANNED));
    }
}
