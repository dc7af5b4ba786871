package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.Plans;

/** To whom a night's plan does not say STARTTLS: servers that refused it for want of a certificate, but once a week. */
class WithheldStarttlsIT extends PlannedDomains {

    private static void refused(String address, CensusNight first, CensusNight last) {
        JdbcClient.create(database.dataSource())
                .sql("""
                INSERT INTO census.starttls_refusal (address, first_night, last_night)
                VALUES (:address::inet, :first, :last)
                ON CONFLICT (address) DO UPDATE SET last_night = excluded.last_night""")
                .param("address", address)
                .param("first", first.date())
                .param("last", last.date())
                .update();
    }

    private static List<ProbeKind> kinds() {
        var kinds = new ArrayList<ProbeKind>();
        new Plans(database).toCall(night, call -> kinds.add(call.probeKind()));
        return kinds;
    }

    @Test
    void starttlsIsSaidOnceInSevenNights() {
        host("mx.nokey-a.test", "192.0.2.1");
        domain("nokey-a.test", "mx.nokey-a.test");
        domain("other-a.test", "mx.nokey-a.test");
        plan();
        assertEquals(List.of(ProbeKind.STANDARD), kinds());
        refused("192.0.2.1", night, night);
        var said = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            tomorrow();
            plan();
            var kind = kinds().getFirst();
            said.append(kind == ProbeKind.ONE_STARTTLS ? 'S' : kind == ProbeKind.EHLO_ONLY ? '.' : '?');
            if (kind == ProbeKind.ONE_STARTTLS) refused("192.0.2.1", night, night);
        }
        assertEquals("......S......S..", said.toString());
    }

    @Test
    void oneNameOfAnAddressAsksForAll() {
        for (int i = 0; i < 3; i++) {
            host("mx" + i + ".nokey-b.test", "192.0.2.2");
            domain("b" + i + ".nokey-b.test", "mx" + i + ".nokey-b.test");
        }
        refused("192.0.2.2", night, night);
        for (int i = 0; i < 7; i++) tomorrow();
        plan();
        var kinds = new TreeMap<ProbeKind, Integer>();
        kinds().forEach(kind -> kinds.merge(kind, 1, Integer::sum));
        assertEquals(1, kinds.get(ProbeKind.ONE_STARTTLS));
        assertEquals(2, kinds.get(ProbeKind.EHLO_ONLY));
        assertEquals(ProbeKind.ONE_STARTTLS, kinds().getFirst(), "the first that is called");
    }

    @Test
    void afterAMonthTheServerIsCalledLikeAnyOther() {
        host("mx.nokey-c.test", "192.0.2.3");
        domain("nokey-c.test", "mx.nokey-c.test");
        domain("other-c.test", "mx.nokey-c.test");
        refused("192.0.2.3", night, night);
        for (int i = 0; i < 31; i++) tomorrow();
        plan();
        assertEquals(List.of(ProbeKind.STANDARD), kinds());
    }

    /** A check is made as often as somebody asks for it. */
    @Test
    void aCheckDoesNotSayItAtAll() {
        host("mx.nokey-d.test", "192.0.2.4");
        host("mx.other-d.test", "192.0.2.5");
        domain("nokey-d.test", "mx.nokey-d.test");
        domain("other-d.test", "mx.other-d.test");
        plan();
        var ids = called();
        refused("192.0.2.4", night, night);
        tomorrow();
        new Nights(database).open(night, "test", "test", Instant.parse("2030-01-01T22:00:00Z"));
        var onDemand = new OnDemandCalls(database);
        onDemand.request(
                night,
                ids.stream()
                        .map(id -> new OnDemandCalls.RequestedCall(id, new Provider("test", Provider.Source.PSL)))
                        .toList(),
                Instant.parse("2030-01-01T22:00:00Z"));
        var kinds = new TreeMap<String, ProbeKind>();
        onDemand.after(night, 0).forEach(call -> kinds.put(call.address().toString(), call.probeKind()));
        assertEquals(ProbeKind.EHLO_ONLY, kinds.get("192.0.2.4"));
        assertEquals(ProbeKind.STANDARD, kinds.get("192.0.2.5"));
    }
}
