package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.starttlscensus.dns.ResolverFixture.open;
import static org.starttlscensus.dns.ResolverFixture.settings;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.dns.LookedUp.Denied;
import org.starttlscensus.dns.LookedUp.Present;
import org.starttlscensus.dns.LookedUp.Unanswered;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.DnsBehavior;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** Texts of a name and names of an address: a failure is never "there is none". */
class TextAndReverseLookupIT {

    private static final Hostname NAME = new Hostname("_starttls-census.shop.test");
    private static final Address ADDRESS = Address.of("192.0.2.7");
    private static final String REVERSED = "7.2.0.192.in-addr.arpa";

    private static LookedUp<String> texts(LabZone.Builder zone) throws IOException {
        try (var lab = open(zone);
                var resolver = new MailResolver(settings(lab.address()))) {
            return resolver.texts(NAME);
        }
    }

    private static LookedUp<Hostname> names(LabZone.Builder zone, Address address) throws IOException {
        try (var lab = open(zone);
                var resolver = new MailResolver(settings(lab.address()))) {
            return resolver.names(address);
        }
    }

    private static List<Hostname> hosts(String... names) {
        return List.of(names).stream().map(Hostname::new).toList();
    }

    @Nested
    class TextsOfAName {

        @Test
        void areOnePerRecordWithItsStringsJoined() throws IOException {
            assertEquals(
                    new Present<>(List.of("v=census1; opt-out", "v=spf1 -all")),
                    texts(LabZone.builder()
                            .text(NAME.ascii(), "v=census1; ", "opt-out")
                            .text(NAME.ascii(), "v=spf1 -all")));
        }

        @Test
        void keepEveryOctet() throws IOException {
            assertEquals(
                    new Present<>(List.of("\u0000\"\\\u00ff")),
                    texts(LabZone.builder().text(NAME.ascii(), "\\000\\\"\\\\\\255")));
        }

        @Test
        void areAbsentWhereTheNameHasNoneAndWhereItDoesNotExist() throws IOException {
            assertEquals(new Denied<String>(true), texts(LabZone.builder().address(NAME.ascii(), "192.0.2.1")));
            assertEquals(new Denied<String>(false), texts(LabZone.builder().text("shop.test", "here")));
        }

        @Test
        void ofAnAliasAreThoseOfItsTarget() throws IOException {
            assertEquals(
                    new Present<>(List.of("elsewhere")),
                    texts(LabZone.builder()
                            .alias(NAME.ascii(), "texts.other.test")
                            .text("texts.other.test", "elsewhere")));
        }

        @ParameterizedTest
        @EnumSource
        void areNeverAbsentWhereTheLookUpFailed(DnsBehavior dnsBehavior) throws IOException {
            var found = new Present<>(List.of("here"));
            var expected = switch (dnsBehavior) {
                case PLAIN, TRUNCATED, SPOOFED, BROKEN_ADDITIONAL -> found;
                case SERVFAIL, REFUSED, REFERRAL, UNREACHABLE_EXPLAINED ->
                    new Unanswered<String>(LookUpFailure.SERVFAIL);
                case OTHER_QUESTION, MALFORMED -> new Unanswered<String>(LookUpFailure.MALFORMED);
                case SILENT -> new Unanswered<String>(LookUpFailure.TIMEOUT);
                case BOGUS, BOGUS_EXPLAINED -> new Unanswered<String>(LookUpFailure.BOGUS);
            };
            assertEquals(
                    expected, texts(LabZone.builder().text(NAME.ascii(), "here").behavior(NAME.ascii(), dnsBehavior)));
        }
    }

    @Nested
    class NamesOfAnAddress {

        @Test
        void areItsPointers() throws IOException {
            assertEquals(
                    new Present<>(hosts("census.example.org", "other.example.org")),
                    names(
                            LabZone.builder()
                                    .pointer(REVERSED, "Census.example.org")
                                    .pointer(REVERSED, "other.example.org")
                                    .pointer(REVERSED, "."),
                            ADDRESS));
        }

        @Test
        void ofIpv6AreAskedNibbleByNibble() throws IOException {
            assertEquals(
                    new Present<>(hosts("census.example.org")),
                    names(
                            LabZone.builder()
                                    .pointer(
                                            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
                                            "census.example.org"),
                            Address.of("2001:db8::1")));
        }

        @Test
        void areFoundThroughAClasslessDelegation() throws IOException {
            assertEquals(
                    new Present<>(hosts("census.example.org")),
                    names(
                            LabZone.builder()
                                    .alias(REVERSED, "7.0/25.2.0.192.in-addr.arpa")
                                    .pointer("7.0/25.2.0.192.in-addr.arpa", "census.example.org"),
                            ADDRESS));
        }

        @Test
        void areAbsentWhereNoPointerNamesAHost() throws IOException {
            assertEquals(new Denied<Hostname>(true), names(LabZone.builder().pointer(REVERSED, "."), ADDRESS));
            assertEquals(new Denied<Hostname>(false), names(LabZone.builder(), ADDRESS));
        }

        @Test
        void areNotKnownWhereTheLookUpFailed() throws IOException {
            assertEquals(
                    new Unanswered<Hostname>(LookUpFailure.BOGUS),
                    names(
                            LabZone.builder()
                                    .pointer(REVERSED, "census.example.org")
                                    .behavior(REVERSED, DnsBehavior.BOGUS_EXPLAINED),
                            ADDRESS));
        }
    }

    @Nested
    class ATextRecord {

        @ParameterizedTest
        @CsvSource({"'', no string", "05616263, a string beyond the record", "0161ff, a second string beyond it"})
        void thatIsBrokenIsMalformed(String data, String why) {
            var response = ResponseOctets.to(Type.TXT)
                    .record(ResponseOctets.ANSWER, ResponseOctets.QUESTIONED, Type.TXT, data);
            assertThrows(WireParseException.class, () -> ResponseReaderTest.answer(Type.TXT, response), why);
        }
    }
}
