package org.starttlscensus.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.dns.MailResolver;
import org.starttlscensus.dns.ResolverSettings;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.DnsBehavior;
import org.starttlscensus.settings.SourceAddress;

/** Whether a source and its name belong together. */
class SourceChecksIT {

    private static final String REVERSED = "5.113.0.203.in-addr.arpa";
    private static final String NAME = "census.example.org";

    private static SourceAddress source(String address, String name) {
        return new SourceAddress(Address.of(address), new Hostname(name), false);
    }

    private static PreflightFinding name(LabZone.Builder zone, String name) throws IOException {
        try (var lab = LabDns.open(zone.build(), InetAddress.getLoopbackAddress(), 0);
                var dns =
                        new MailResolver(new ResolverSettings(List.of(lab.address()), Duration.ofMillis(500), 1, 10))) {
            return SourceChecks.name(source("203.0.113.5", name), dns);
        }
    }

    private static LabZone.Builder good() {
        return LabZone.builder().pointer(REVERSED, NAME).address(NAME, "203.0.113.5", "2001:db8::5");
    }

    @Test
    void aNameInBothDirectionsIsFine() throws IOException {
        assertEquals(
                PreflightFinding.fine(
                        PreflightCheck.SOURCE_NAME, "203.0.113.5", "census.example.org in both directions"),
                name(good(), NAME));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(LabZone.builder().address(NAME, "203.0.113.5"), NAME, "it has no PTR record"),
                Arguments.of(
                        LabZone.builder().pointer(REVERSED, "vm1.example.net").address(NAME, "203.0.113.5"),
                        NAME,
                        "its PTR record names vm1.example.net, and census.source-addresses says census.example.org"),
                Arguments.of(
                        LabZone.builder().pointer(REVERSED, NAME),
                        NAME,
                        "its name census.example.org has no address in the DNS"),
                Arguments.of(
                        LabZone.builder().pointer(REVERSED, NAME).address(NAME, "203.0.113.6"),
                        NAME,
                        "its name census.example.org leads to 203.0.113.6, and not back to it"),
                Arguments.of(
                        LabZone.builder()
                                .pointer(REVERSED, "203-0-113-5.example.org")
                                .address("203-0-113-5.example.org", "203.0.113.5"),
                        "203-0-113-5.example.org",
                        "its name 203-0-113-5.example.org looks like one that a provider gives to any address, because "
                                + "it spells the address"),
                Arguments.of(
                        good().behavior(REVERSED, DnsBehavior.SERVFAIL),
                        NAME,
                        "its PTR record could not be asked for (SERVFAIL)"),
                Arguments.of(
                        good().behavior(NAME, DnsBehavior.BOGUS_EXPLAINED),
                        NAME,
                        "the addresses of its name census.example.org could not be asked for (BOGUS)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void anythingElseIsRefusedWithItsReason(LabZone.Builder zone, String name, String seen) throws IOException {
        var finding = name(zone, name);
        assertEquals(PreflightSeverity.REFUSE, finding.severity(), finding::toString);
        assertEquals(seen, finding.seen());
        assertTrue(!finding.toDo().isEmpty());
    }

    @Test
    void severalNamesAreWarnedOf() throws IOException {
        assertEquals(
                PreflightSeverity.WARN,
                name(good().pointer(REVERSED, "other.example.org"), NAME).severity());
    }

    @Nested
    class ThisMachine {

        @Test
        void hasItsSources() {
            assertEquals(
                    PreflightSeverity.FINE,
                    SourceChecks.present(source("127.0.0.1", NAME)).severity());
            var missing = SourceChecks.present(source("203.0.113.5", NAME));
            assertEquals(PreflightSeverity.REFUSE, missing.severity());
            assertTrue(missing.seen().startsWith("this machine does not have it"), missing::seen);
        }

        @Test
        void isWarnedOfWithoutIpv6AndRefusedWithoutASource() {
            var warned =
                    SourceChecks.families(List.of(source("127.0.0.1", NAME))).orElseThrow();
            assertEquals(PreflightSeverity.WARN, warned.severity());
            assertTrue(warned.seen().contains("not_attempted_no_ipv6"), warned::seen);
            assertTrue(SourceChecks.families(List.of(source("127.0.0.1", NAME), source("::1", NAME)))
                    .isEmpty());
            assertEquals(
                    PreflightSeverity.REFUSE,
                    SourceChecks.families(List.of()).orElseThrow().severity());
        }
    }

    /** None is taken for another: whatever a name server does, the name is not fine. */
    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "SILENT", "BOGUS", "REFERRAL", "OTHER_QUESTION", "MALFORMED"})
    void aFailingLookUpIsNeverFine(DnsBehavior dnsBehavior) throws IOException {
        assertEquals(
                PreflightSeverity.REFUSE,
                name(good().behavior(REVERSED, dnsBehavior), NAME).severity());
    }
}
