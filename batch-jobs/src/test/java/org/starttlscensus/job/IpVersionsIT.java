package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans of nights whose source addresses are of one IP version. */
class IpVersionsIT extends PlannedDomains {

    @BeforeEach
    void aHostOfBoth() {
        host("mx.both-v.test", "192.0.2.25", "2001:db8::25");
        domain("both-v.test", "mx.both-v.test");
    }

    @Test
    void withoutIpv6ItsServersAreNotCalledAndTheOutcomeSaysSo() {
        versions = new IpVersions(true, false);
        assertEquals(
                Map.of("mx.both-v.test[192.0.2.25]", "called ", "mx.both-v.test[2001:db8::25]", "no_ipv6 "), planned());
    }

    @Test
    void withoutIpv4ItsServersAreNotCalledAndTheDetailSaysSo() {
        versions = new IpVersions(false, true);
        assertEquals(
                Map.of(
                        "mx.both-v.test[192.0.2.25]",
                        "budget no source address of ours is IPv4",
                        "mx.both-v.test[2001:db8::25]",
                        "called "),
                planned());
    }

    private Map<String, String> planned() {
        plan();
        return planned("coalesce(not_attempted, 'called') || ' ' || coalesce(detail, '')");
    }
}
