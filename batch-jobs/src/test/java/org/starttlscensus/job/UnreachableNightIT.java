package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.UnreachableNetwork;

/**
 * ICMP answers of all kinds are stored as such. Such calls stay within the limits of endpoint and address, and they
 * slow down no limit that all servers share. {@code bench/run unreachable} measures the time that they cost other
 * servers.
 */
@DisplayName("Servers that cannot be reached")
@Timeout(300)
class UnreachableNightIT {

    @TempDir
    Path directory;

    @BeforeAll
    static void inANetworkOfItsOwn() throws Exception {
        var missing = UnreachableNetwork.whyNot();
        assumeTrue(missing.isEmpty(), () -> missing.orElseThrow());
    }

    @Test
    void areNotSettings() throws Exception {
        assertEquals(
                List.of("completed welcomed 112 1 1", "no_route unreachable 24 3 3", "refused unreachable 4 3 3"),
                besides());
    }

    @Test
    void serversOfAnIpVersionThatWeLackAreNotCalled() throws Exception {
        // the 14 servers that have IPv6 alone get no permit
        assertEquals(
                List.of("completed welcomed 112 1 1", "no_route unreachable 12 3 3", "refused unreachable 2 3 3"),
                besides("127.0.0.1"));
    }

    /** Ending, reception, servers, and the most calls at one endpoint and at one address. */
    private List<String> besides(String... source) throws Exception {
        var arguments = new ArrayList<>(List.of(directory.toString(), "140", "0.0005", "1", "0"));
        arguments.addAll(List.of(source));
        var nights = UnreachableNetwork.run(UnreachableNight.class, arguments.toArray(String[]::new));
        return List.of(nights.getLast().split("\t")[2].split("; "));
    }
}
