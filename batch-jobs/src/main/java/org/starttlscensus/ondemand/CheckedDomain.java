package org.starttlscensus.ondemand;

import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.MailRoute;

/**
 * What a check of one domain came to.
 *
 * @param night   in whose ledger its calls stand
 * @param route   as the DNS told it now
 * @param servers in the order in which a sender tries them
 */
public record CheckedDomain(CensusNight night, MailRoute route, List<CheckedServer> servers) {

    public CheckedDomain {
        servers = List.copyOf(servers);
    }

    /** Whether a server could not be called now only because a run is at work: asking again later may help. */
    public boolean isWorthAskingAgain() {
        return servers.stream()
                .map(CheckedServer::finding)
                .anyMatch(finding ->
                        finding instanceof CheckedServer.Finding.NotMeasured(var notMeasuredReason, var _, var _)
                                && (notMeasuredReason == CheckedServer.NotMeasuredReason.RUN_AT_WORK
                                        || notMeasuredReason == CheckedServer.NotMeasuredReason.PLANNED));
    }
}
