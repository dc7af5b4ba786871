package org.starttlscensus.ondemand;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

    private static final Set<CheckedServer.NotMeasuredReason> OTHERS_AT_WORK = EnumSet.of(
            CheckedServer.NotMeasuredReason.RUN_AT_WORK,
            CheckedServer.NotMeasuredReason.PLANNED,
            CheckedServer.NotMeasuredReason.DATABASE_BUSY);

    /** Whether a server was not called only because others have the lock, so a later check may have a result. */
    public boolean isWorthRetrying() {
        return servers.stream()
                .map(CheckedServer::finding)
                .anyMatch(finding -> finding instanceof CheckedServer.Finding.NotMeasured(var reason, var _, var _)
                        && OTHERS_AT_WORK.contains(reason));
    }
}
