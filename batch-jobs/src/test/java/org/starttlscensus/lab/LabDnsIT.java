package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Route;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@DisplayName("The lab's DNS")
class LabDnsIT {

    private static Lab lab;

    @BeforeAll
    static void open(@TempDir Path directory) throws IOException {
        lab = Lab.open(directory);
    }

    @AfterAll
    static void close() throws IOException {
        lab.close();
    }

    private LabDomain domain(Route route) {
        return lab.universe().domains().stream()
                .filter(domain -> domain.route() == route)
                .findFirst()
                .orElseThrow();
    }

    private Message query(String name, int type) throws IOException {
        var resolver = new SimpleResolver(lab.dns().address());
        resolver.setTimeout(Duration.ofMillis(500));
        return resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
    }

    private Message query(Route route, int type) throws IOException {
        return query(domain(route).domain().ascii(), type);
    }

    @Test
    void knowsEveryMailServer() throws IOException {
        for (var endpoint : lab.universe().endpoints().keySet()) {
            var addresses = query(endpoint.mxHost().ascii(), Type.A).getSection(Section.ANSWER).stream()
                    .map(Record::rdataToString);
            assertTrue(addresses.toList().contains(endpoint.address().toString()), endpoint.toString());
        }
    }

    @Test
    void namesTheExchangesOfEveryDomain() throws IOException {
        for (var domain : lab.universe().domains().subList(0, 300)) {
            if (domain.route() != Route.MX) continue;
            assertEquals(
                    domain.exchanges().stream()
                            .map(exchange -> exchange.preference() + " " + exchange.host() + ".")
                            .sorted()
                            .toList(),
                    query(domain.domain().ascii(), Type.MX).getSection(Section.ANSWER).stream()
                            .map(Record::rdataToString)
                            .sorted()
                            .toList());
        }
    }

    @Test
    void answersWithEveryKindOfFault() throws IOException {
        assertEquals(
                ".",
                ((MXRecord) query(Route.NULL_MX, Type.MX)
                                .getSection(Section.ANSWER)
                                .getFirst())
                        .getTarget()
                        .toString());
        assertEquals(Rcode.NXDOMAIN, query(Route.NXDOMAIN, Type.MX).getRcode());
        assertEquals(Rcode.SERVFAIL, query(Route.DNS_SERVFAIL, Type.MX).getRcode());
        assertEquals(Rcode.SERVFAIL, query(Route.DNS_BOGUS, Type.MX).getRcode());
        var silence = assertThrows(IOException.class, () -> query(Route.DNS_TIMEOUT, Type.MX));
        assertTrue(silence.getMessage().startsWith("Timed out"), silence.getMessage());
        for (var type : List.of(Type.MX, Type.A, Type.AAAA)) {
            assertEquals(Rcode.NOERROR, query(Route.NO_MAIL, type).getRcode());
            assertEquals(List.of(), query(Route.NO_MAIL, type).getSection(Section.ANSWER));
        }
        assertEquals(List.of(), query(Route.IMPLICIT_MX, Type.MX).getSection(Section.ANSWER));
        assertEquals(
                1, query(Route.IMPLICIT_MX, Type.A).getSection(Section.ANSWER).size());
        var missing =
                domain(Route.MX_UNRESOLVABLE).exchanges().getFirst().host().ascii();
        assertEquals(Rcode.NXDOMAIN, query(missing, Type.A).getRcode());
        var invalid = query(Route.MX_INVALID, Type.MX)
                .getSection(Section.ANSWER)
                .getFirst()
                .rdataToString();
        assertTrue(invalid.matches("10 (localhost|192\\.0\\.2\\.\\d+)\\."), invalid);
    }
}
