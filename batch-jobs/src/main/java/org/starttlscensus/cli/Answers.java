package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.RollUp;

/**
 * The results of a domain's servers, rolled up from addresses to hosts and from hosts to the domain.
 *
 * @param unusable the number of servers whose STARTTLS did not work
 */
record Answers(Optional<Boolean> any, Optional<Boolean> primary, Optional<Boolean> allReachable, int unusable) {

    static Answers of(List<MeasuredServer> servers) {
        var best = servers.stream()
                .mapToInt(server -> server.server().preference())
                .min()
                .orElse(0);
        var hosts = hosts(servers);
        return new Answers(
                RollUp.any(hosts),
                RollUp.any(hosts(servers.stream()
                        .filter(server -> server.server().preference() == best)
                        .toList())),
                RollUp.allReachable(hosts),
                (int) servers.stream()
                        .flatMap(server -> server.outcome().flatMap(Outcome::usable).stream())
                        .filter(usable -> !usable)
                        .count());
    }

    private static List<Optional<Boolean>> hosts(List<MeasuredServer> servers) {
        return servers.stream()
                .collect(Collectors.groupingBy(
                        server -> server.server().endpoint().mxHost()))
                .values()
                .stream()
                .map(host ->
                        RollUp.any(host.stream().map(MeasuredServer::starttls).toList()))
                .toList();
    }
}
