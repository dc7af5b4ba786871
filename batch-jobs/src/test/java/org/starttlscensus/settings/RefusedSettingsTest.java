package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.starttlscensus.settings.GivenSettings.LAB;
import static org.starttlscensus.settings.GivenSettings.says;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings are refused with where they were given, what was seen, and what is allowed. */
class RefusedSettingsTest {

    @TempDir
    Path home;

    @TempDir
    Path currentDirectory;

    private GivenSettings given;

    @BeforeEach
    void open() {
        given = GivenSettings.in(home, currentDirectory);
    }

    @Nested
    class RefusesAKey {

        @Test
        void thatIsUnknownAndGuessesWhatWasMeant() throws IOException {
            says(
                    given.refused("census.smpt.port=25"),
                    "census.smpt.port (--set): unknown key",
                    "did you mean census.smtp.port?");
            says(given.refused("colour=red"), "colour (--set): unknown key; the keys begin with census.");
            says(
                    assertThrows(
                                    SettingException.class,
                                    () -> given.reader()
                                            .settings(List.of(), Optional.empty(), Map.of("CENSUS_LIST", "x")))
                            .getMessage(),
                    "environment variable CENSUS_LIST: matches no key; did you mean CENSUS_LISTS?");
            says(
                    assertThrows(
                                    SettingException.class,
                                    () -> given.file("census.yaml", "census:\n  smtp:\n    ehloName: a.b\n"))
                            .getMessage(),
                    "census.smtp.ehloName",
                    "census.yaml, line 3",
                    "did you mean census.smtp.ehlo-name?");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "census.https.port=443",
                    "census.dns.trust-anchors=f",
                    "census.dns.validation=off",
                    "census.broker.url=x",
                    "census.broker.user=x",
                    "census.broker.password=x",
                    "census.publish.signing-key=x",
                    "census.limits.policy-host.gap=9s"
                })
        void thatNothingActsOnYet(String pair) {
            says(given.refused(pair), "this version does not implement it yet");
        }

        @ParameterizedTest
        @CsvSource({
            "contact, census@example.org, neither mailto: nor https:",
            "contact, mailto:census, no mail address",
            "contact, http://example.org/, neither mailto: nor https:",
            "contact, https:///census, names no host",
            "page, mailto:census@example.org, does not begin with https:",
            "page, http://example.org/, does not begin with https:",
            "page, https://u:p@example.org/, a user or password",
            "page, https://exa mple.org/, not a URL"
        })
        void thatNobodyCouldReachUsBy(String key, String value, String reason) {
            says(given.refused("census.identity." + key + "=" + value), reason);
        }

        @ParameterizedTest
        @CsvSource({
            "22:00-23:59 UTC, 'open for 119 min; at least 2 h are needed'",
            "06:00-06:00 UTC, 'open for 24 h 0 min; at most 16 h are allowed'",
            "06:00-22:01 UTC, 'open for 16 h 1 min; at most 16 h are allowed'",
            "22:00-06:00, 'it does not have the form HH:MM-HH:MM ZONE'",
            "24:00-06:00 UTC, 24:00 is no time of day",
            "22:00-06:00 CET, 'CET is neither UTC nor a zone of the IANA database'",
            "22:00-06:00 Europe/Berln, 'Europe/Berln is neither UTC nor a zone'",
            "01:30-07:00 Europe/Berlin, 'two nights would have one date'",
            "19:30-02:00 America/New_York, 'two nights would have one date'",
        })
        void withAWindowThatNoNightCanHave(String value, String reason) {
            says(given.refused("census.window=" + value), reason, "2 h to 16 h");
        }

        @ParameterizedTest
        @CsvSource({
            "34 d, the census itself reads the last 35 days",
            "0 d, the census itself reads the last 35 days",
            "3661 d, 'it is more than 3,660 days'",
            "36 h, the census itself reads the last 35 days",
            "1000 h, it is not a number of whole days",
            "90, it has no unit"
        })
        void thatKeepsContactsTooShortOrTooLong(String value, String reason) {
            says(
                    given.refused("census.retention.contact-log=" + value),
                    reason,
                    "35 d to 3660 d, in whole days; the census itself reads the last 35");
        }

        /** Nothing has started yet, because the file is read with the settings. */
        @Test
        void thatNamesAProvidersFileWithAFault() throws IOException {
            Files.writeString(
                    currentDirectory.resolve("p.csv"),
                    "# version: 1\nprovider,mx_suffixes,open,gap,per_night,note\nbig,mx.big.example,6,,,\n");
            says(
                    given.refused("census.providers=p.csv"),
                    "census.providers = \"p.csv\" (--set): line 3, column open: seen \"6\"",
                    "at most 5 open at once",
                    "allowed is a file in the form of datasets/providers.csv");
            says(given.refused("census.providers=none.csv"), "none.csv is not a file that can be read");
        }

        @Test
        void thatIsNoPairOrNoSingleValue() throws IOException {
            says(
                    given.refused("census.smtp.port"),
                    "--set \"census.smtp.port\": not a setting; expected is --set KEY=VALUE");
            says(
                    assertThrows(
                                    SettingException.class,
                                    () -> given.file("census.yaml", "census.smtp.port: [25, 26]\n"))
                            .getMessage(),
                    "census.smtp.port",
                    "is a list, but one value is expected");
        }

        @Test
        void thatContradictsAnother() {
            says(
                    given.refused("census.database.url=jdbc:postgresql:c", "census.database.directory=d"),
                    "both set; keep one");
            says(given.refused("census.database.password=geheim"), "has no meaning without census.database.url");
            says(given.refused("census.tls.trust-store-name=x"), "must be set together");
            says(
                    given.refused("census.smtp.ehlo-name=a.b", "census.source-addresses=127.0.0.1=c.d"),
                    "both set; keep one");
            says(given.refused("census.source-addresses=127.0.0.1=a.b,127.0.0.1=c.d"), "it is given twice");
        }
    }

    @Nested
    class RefusesAValue {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "census.smtp.port=smtp | \"smtp\" (--set): it is not a whole number; allowed is a port, 1 to 65535",
                    "census.smtp.port=65536 | it is not a port",
                    "census.smtp.port= | it is not a whole number",
                    "census.smtp.ehlo-name=a b | not a host name",
                    "census.dns.resolvers=dns.example:53 | Invalid IP address literal",
                    "census.dns.resolvers=127.0.0.1:0 | it is not a port; allowed is ADDRESS:PORT",
                    "census.dns.resolvers=::1:53 | it does not have the form",
                    "census.source-addresses=127.0.0.1 | ADDRESS=EHLO-NAME",
                    "census.source-addresses=127.0.0.1=a.b=old | ADDRESS=EHLO-NAME",
                    "census.source-addresses=127.0.0.1=a.b= | ADDRESS=EHLO-NAME",
                    "census.database.url=jdbc:mysql:x | not the URL of a PostgreSQL database",
                    "census.limits.address.gap=60 | it has no unit; allowed is a duration with its unit",
                    "census.limits.address.gap=60 parsecs | it is not a duration",
                    "census.lab.networks=localhost | \"localhost\"",
                    "census.lab.time-scale=2 | it is above 1; allowed is 0 to 1",
                    "census.lab.time-scale=NaN | it is not a number",
                    "census.tls.trust-store=nowhere.pem | is not a file that can be read"
                })
        void withKeyValuePlaceAndWhatIsAllowed(String pair, String reason) {
            var message = pair.startsWith("census.lab.time")
                    ? given.refused(LAB.get(0), LAB.get(1), pair)
                    : given.refused(pair);
            says(message, pair.substring(0, pair.indexOf('=')), "(--set)", reason, "allowed is");
        }

        @Test
        void laxerThanThePolicyWithThePolicysReason() {
            says(
                    given.refused("census.limits.provider.gap=1s"),
                    "census.limits.provider.gap = \"1s\" (--set): laxer than the policy",
                    "a gap of at least 5 s",
                    "use more nights, not a faster pace");
            says(given.refused("census.limits.address.open=2"), "at most 1 open at once");
            says(given.refused("census.limits.endpoint.per-night=4"), "at most 3 calls a night");
            says(given.refused("census.limits.source.open=0"), "at least 1 is needed");
        }

        @Test
        void andAcceptsAStricterOne() {
            var limits = given.set(
                            "census.limits.provider.gap=2 m",
                            "census.limits.provider.open=1",
                            "census.limits.source.per-night=100")
                    .limits();
            assertEquals(Duration.ofMinutes(2), limits.provider().gap());
            assertEquals(1, limits.provider().open());
            assertEquals(100, limits.source().perNight().orElseThrow());
        }

        @Test
        void ofAFileThatIsNotOne() throws IOException {
            says(
                    assertThrows(SettingException.class, () -> given.file("census.yaml", "census:\n - ["))
                            .getMessage(),
                    "census.yaml",
                    "cannot be read as yml");
            says(
                    assertThrows(SettingException.class, () -> given.file("census.properties", ""))
                            .getMessage(),
                    "both",
                    "keep one");
            says(
                    assertThrows(
                                    SettingException.class,
                                    () -> given.reader().settings(List.of(), Optional.of(Path.of("x.yaml")), Map.of()))
                            .getMessage(),
                    "x.yaml: does not exist");
        }
    }
}
