package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.Session.AdmissionResult;

/**
 * Shows that the night stays within the limits of a strict provider. The case is Fastmail's: in 2018 a checker opened
 * many rapid connections to a provider that counts each client's connections over all its addresses. The checker was
 * blocked as a spam bot, and then reported to the provider's customers that their server was insecure.
 */
final class DemoConnections {

    private static final String PROVIDER = "swiftmail.test";

    private DemoConnections() {}

    /** @param timeScale of the lab: the length of its minute as a fraction of a real one */
    static void print(Lab lab, double timeScale, PrintWriter out) {
        var servers = lab.universe().endpoints().keySet().stream()
                .filter(endpoint -> lab.universe()
                        .company(endpoint.address())
                        .filter(PROVIDER::equals)
                        .isPresent())
                .toList();
        var seen = lab.log()
                .connectionLog(address ->
                        servers.stream().anyMatch(server -> server.address().equals(address)));
        var minute = Duration.ofNanos((long) (Duration.ofMinutes(1).toNanos() * timeScale));
        out.printf(
                """

                The provider %s counts the connections of each client over all its servers. It allows 30 a minute
                and 5 at once, and blocks a client that makes more for the rest of the night. It serves %,d domains,
                each with a host name of its own for its mail server. Its servers saw in this night:
                  %-34s %,9d
                  %-34s %,9d
                  %-34s %,9d
                  %-34s %,9d
                """,
                PROVIDER,
                lab.universe().providers().get(PROVIDER),
                "connections",
                seen.sessions().size(),
                "most at once",
                seen.peakOpen(),
                "most in a minute",
                seen.mostWithin(minute),
                "refused or blocked",
                seen.count(AdmissionResult.LIMITED) + seen.count(AdmissionResult.BLOCKED));
        out.flush();
    }
}
