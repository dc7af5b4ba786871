package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.Session.AdmissionResult;

/**
 * Fastmail's case, told by the servers: in 2018 a checker opened many rapid connections to a provider that adds its callers up
 * over all its addresses, was blocked as a spam bot, and told the provider's customers that their server was insecure.
 */
final class DemoConnections {

    private static final String PROVIDER = "swiftmail.test";

    private DemoConnections() {}

    /** @param timeScale the lab's: a minute there is so much shorter */
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

                %s adds its callers up over all its servers, allows 30 connections a minute and 5 at once, and blocks for the night
                whoever takes more. It has %,d domains, each with a name of its own for its mail server. What its servers saw of this night:
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
                "turned away or blocked",
                seen.count(AdmissionResult.LIMITED) + seen.count(AdmissionResult.BLOCKED));
        out.flush();
    }
}
