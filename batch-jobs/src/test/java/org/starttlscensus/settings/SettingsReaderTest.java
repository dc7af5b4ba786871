package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

class SettingsReaderTest {

    private static final String[] LAB = {"census.lab.networks=127.0.0.0/8", "census.dns.resolvers=127.0.0.1:5300"};

    @TempDir
    Path home;

    @TempDir
    Path currentDirectory;

    private SettingsReader reader;

    @BeforeEach
    void open() {
        reader = new SettingsReader(home, currentDirectory, new LoopbackRoutes(List.of()));
    }

    private CensusSettings set(String... pairs) {
        return reader.settings(List.of(pairs), Optional.empty(), Map.of());
    }

    private CensusSettings file(String name, String content) throws IOException {
        Files.writeString(currentDirectory.resolve(name), content);
        return reader.settings(List.of(), Optional.empty(), Map.of());
    }

    private String refused(String... pairs) {
        return assertThrows(SettingException.class, () -> set(pairs)).getMessage();
    }

    private static void says(String message, String... parts) {
        for (var part : parts) assertTrue(message.contains(part), () -> "\"" + part + "\" is missing in: " + message);
    }

    private static final Limits SHIPPED_LIMITS = Limits.CEILINGS.withProviders(ProviderRules.shipped().limits());

    @Test
    void withoutAnySettingTheDefaultsHold() {
        assertEquals(new CensusSettings(
                new DatabaseSettings.Embedded(home.resolve(".census/pg")), List.of(), List.of(),
                new SmtpSettings(25, Optional.empty()), new DnsSettings(List.of()), new TlsSettings(Optional.empty()),
                ProviderRules.shipped(), SHIPPED_LIMITS, Optional.empty()), set());
    }

    @Test
    void understandsEveryKey() throws IOException {
        var roots = Files.createFile(currentDirectory.resolve("roots.pem"));
        assertEquals(new CensusSettings(
                new DatabaseSettings.Server("jdbc:postgresql://db:5433/c", Optional.of("u"), Optional.of(new Secret("p=${x}"))),
                List.of(currentDirectory.resolve("a.csv"), Path.of("/lists/b.gz")),
                List.of(new SourceAddress(Address.of("127.0.0.9"), new Hostname("a.example"), false),
                        new SourceAddress(Address.of("::1"), new Hostname("b.example"), true)),
                new SmtpSettings(2525, Optional.empty()),
                new DnsSettings(List.of(new ResolverAddress(Address.of("127.0.0.1"), 53), new ResolverAddress(Address.of("::1"), 5300))),
                new TlsSettings(Optional.of(new TlsSettings.TrustStore(roots, "lab-2026-11-23"))),
                ProviderRules.shipped(), SHIPPED_LIMITS,
                Optional.of(new LabSettings(List.of(Network.of("127.1.0.0/16"), Network.of("::1")), 0.05, 0))),
            set("census.database.url=jdbc:postgresql://db:5433/c", "census.database.user=u", "census.database.password=p=${x}",
                "census.lists=a.csv,/lists/b.gz", "census.source-addresses=127.0.0.9=a.example, ::1=b.example=established",
                "census.smtp.port=2525", "census.dns.resolvers=localhost,[::1]:5300", "census.tls.trust-store=roots.pem",
                "census.tls.trust-store-name=lab-2026-11-23", "census.lab.networks=127.1.0.0/16,::1",
                "census.lab.time-scale=0.05", "census.lab.patience-scale=0"));
    }

    @Nested
    class FromSeveralPlaces {

        @Test
        void theStrongerWinsAndListsAreReplacedWhole() throws IOException {
            Files.writeString(currentDirectory.resolve("census.yaml"), """
                    census:
                      smtp: {port: 1, ehlo-name: file.example}
                      lists: [one, two, three]
                    """);
            var environment = Map.of("CENSUS_SMTP_PORT", "2", "CENSUS_LISTS", "four,five", "CENSUS_SMTP_EHLO_NAME", "", "PATH", "/bin");
            var settings = reader.settings(List.of("census.smtp.port=9", "census.smtp.port=3"), Optional.empty(), environment);
            assertEquals(new SmtpSettings(3, Optional.of(new Hostname("file.example"))), settings.smtp());
            assertEquals(List.of(currentDirectory.resolve("four"), currentDirectory.resolve("five")), settings.lists());
        }

        @Test
        void aPropertiesFileWillDo() throws IOException {
            assertEquals(26, file("census.properties", "census.smtp.port = 26\n").smtp().port());
        }

        @Test
        void aNamedFileReplacesTheUsualOne() throws IOException {
            Files.writeString(currentDirectory.resolve("census.yaml"), "census.smtp.port: 1\n");
            Files.writeString(currentDirectory.resolve("other.yml"), "census.database.directory: here\n");
            var settings = reader.settings(List.of(), Optional.of(Path.of("other.yml")), Map.of());
            assertEquals(25, settings.smtp().port());
            assertEquals(new DatabaseSettings.Embedded(currentDirectory.resolve("here")), settings.database());
        }

        @Test
        void everyKeyHasAVariable() {
            for (var key : Keys.ALL) assertEquals(Optional.of(key), Keys.ofVariable(key.variable()));
            assertEquals("CENSUS_LIMITS_ADDRESS_PER_NIGHT", Keys.limitPerNight(LimitKey.ADDRESS).variable());
        }

        @Test
        void theLaunchersOwnVariablesAreNone() {
            reader.settings(List.of(), Optional.empty(), Map.of("CENSUS_LAUNCHER_JAVA_OPTIONS", "-Xmx1g"));
        }
    }

    @Nested
    class RefusesAKey {

        @Test
        void thatIsUnknownAndGuessesWhatWasMeant() throws IOException {
            says(refused("census.smpt.port=25"), "census.smpt.port (--set): unknown key", "did you mean census.smtp.port?");
            says(refused("colour=red"), "colour (--set): unknown key; the keys begin with census.");
            says(assertThrows(SettingException.class, () -> reader.settings(List.of(), Optional.empty(), Map.of("CENSUS_LIST", "x"))).getMessage(),
                    "environment variable CENSUS_LIST: matches no key; did you mean CENSUS_LISTS?");
            says(assertThrows(SettingException.class, () -> file("census.yaml", "census:\n  smtp:\n    ehloName: a.b\n")).getMessage(),
                    "census.smtp.ehloName", "census.yaml, line 3", "did you mean census.smtp.ehlo-name?");
        }

        @ParameterizedTest
        @ValueSource(strings = {"census.window=22:00-06:00 UTC", "census.https.port=443", "census.dns.trust-anchors=f", "census.dns.validation=off",
                "census.identity.contact=x", "census.identity.page=x", "census.canaries=x", "census.broker.url=x",
                "census.broker.user=x", "census.broker.password=x", "census.publish.signing-key=x", "census.retention.contact-log=90 d",
                "census.limits.policy-host.gap=9s"})
        void thatNothingActsOnYet(String pair) {
            says(refused(pair), "not acted on by this version yet");
        }

        /** Nothing is started: the file is read with the settings. */
        @Test
        void thatNamesAProvidersFileWithAFault() throws IOException {
            Files.writeString(currentDirectory.resolve("p.csv"),
                    "# version: 1\nprovider,mx_suffixes,open,gap,per_night,note\nbig,mx.big.example,6,,,\n");
            says(refused("census.providers=p.csv"), "census.providers = \"p.csv\" (--set): line 3, column open: seen \"6\"",
                    "at most 5 open at once", "allowed is a file in the form of datasets/providers.csv");
            says(refused("census.providers=none.csv"), "none.csv is not a file that can be read");
        }

        @Test
        void thatIsNoPairOrNoSingleValue() throws IOException {
            says(refused("census.smtp.port"), "--set \"census.smtp.port\": not a setting; expected --set KEY=VALUE");
            says(assertThrows(SettingException.class, () -> file("census.yaml", "census.smtp.port: [25, 26]\n")).getMessage(),
                    "census.smtp.port", "a list, where one value is expected");
        }

        @Test
        void thatContradictsAnother() {
            says(refused("census.database.url=jdbc:postgresql:c", "census.database.directory=d"), "both set; keep one");
            says(refused("census.database.password=geheim"), "means nothing without census.database.url");
            says(refused("census.tls.trust-store-name=x"), "belong together");
            says(refused("census.smtp.ehlo-name=a.b", "census.source-addresses=127.0.0.1=c.d"), "both set; keep one");
            says(refused("census.source-addresses=127.0.0.1=a.b,127.0.0.1=c.d"), "it is given twice");
        }
    }

    @Nested
    class RefusesAValue {

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "census.smtp.port=smtp | \"smtp\" (--set): it is not a whole number; allowed is a port, 1 to 65535",
            "census.smtp.port=65536 | it is not a port",
            "census.smtp.port= | it is not a whole number",
            "census.smtp.ehlo-name=a b | not a host name",
            "census.dns.resolvers=dns.example:53 | Invalid IP address literal",
            "census.dns.resolvers=127.0.0.1:0 | it is not a port; allowed is ADDRESS:PORT",
            "census.dns.resolvers=::1:53 | it has not the form",
            "census.source-addresses=127.0.0.1 | ADDRESS=EHLO-NAME",
            "census.source-addresses=127.0.0.1=a.b=old | ADDRESS=EHLO-NAME",
            "census.database.url=jdbc:mysql:x | not the URL of a PostgreSQL database",
            "census.limits.address.gap=60 | it has no unit; allowed is a duration with its unit",
            "census.limits.address.gap=60 parsecs | it is not a duration",
            "census.lab.networks=localhost | \"localhost\"",
            "census.lab.time-scale=2 | it is above 1; allowed is 0 to 1",
            "census.lab.time-scale=NaN | it is not a number",
            "census.tls.trust-store=nowhere.pem | is not a file that can be read"})
        void withKeyValuePlaceAndWhatIsAllowed(String pair, String said) {
            var message = pair.startsWith("census.lab.time")
                    ? refused(LAB[0], LAB[1], pair) : refused(pair);
            says(message, pair.substring(0, pair.indexOf('=')), "(--set)", said, "allowed is");
        }

        @Test
        void laxerThanThePolicyWithThePolicysReason() {
            says(refused("census.limits.provider.gap=1s"), "census.limits.provider.gap = \"1s\" (--set): laxer than the policy",
                    "a gap of at least 5 s", "use more nights, not a faster pace");
            says(refused("census.limits.address.open=2"), "at most 1 open at once");
            says(refused("census.limits.endpoint.per-night=4"), "at most 3 calls a night");
            says(refused("census.limits.source.open=0"), "at least 1 is needed");
        }

        @Test
        void andAcceptsAStricterOne() {
            var limits = set("census.limits.provider.gap=2 m", "census.limits.provider.open=1", "census.limits.source.per-night=100").limits();
            assertEquals(Duration.ofMinutes(2), limits.provider().gap());
            assertEquals(1, limits.provider().open());
            assertEquals(100, limits.source().perNight().orElseThrow());
        }

        @Test
        void ofAFileThatIsNotOne() throws IOException {
            says(assertThrows(SettingException.class, () -> file("census.yaml", "census:\n - [")).getMessage(), "census.yaml", "cannot be read as yml");
            says(assertThrows(SettingException.class, () -> file("census.properties", "")).getMessage(), "both", "keep one");
            says(assertThrows(SettingException.class, () -> reader.settings(List.of(), Optional.of(Path.of("x.yaml")), Map.of())).getMessage(),
                    "x.yaml: not there");
        }
    }

    @Nested
    class KeepsPasswords {

        @Test
        void outOfWhatIsPrinted() {
            var settings = set("census.database.url=jdbc:postgresql://db/c", "census.database.password=geheim");
            assertFalse(settings.toString().contains("geheim"), settings::toString);
            assertEquals("geheim", ((DatabaseSettings.Server) settings.database()).password().orElseThrow().reveal());
        }

        @Test
        void outOfMessagesAndUrls() {
            var message = refused("census.database.url=jdbc:postgresql://db/c?user=u&password=geheim");
            says(message, "it holds a user or password");
            assertFalse(message.contains("geheim"), message);
        }
    }

    @Nested
    class InTheLab {

        @Test
        void scalesApplyToTonightsLimits() {
            var settings = set(LAB[0], LAB[1], "census.lab.time-scale=0.1");
            assertEquals(Duration.ofSeconds(3), settings.tonightsLimits().address().gap());
            assertEquals(Duration.ofSeconds(30), settings.limits().address().gap());
        }

        @ParameterizedTest
        @ValueSource(strings = {"census.lab.time-scale", "census.lab.patience-scale"})
        void aScaleNeedsNetworksAndResolversOnLoopback(String key) {
            says(refused(key + "=0.5"), key + " (--set): refused by the safety gate", "census.lab.networks is not set");
            says(refused(LAB[0], key + "=1"), "census.dns.resolvers is not set");
            says(refused(LAB[0], "census.dns.resolvers=127.0.0.1:53,192.0.2.1:53", key + "=1"), "192.0.2.1:53, which is not on this machine");
        }

        @Test
        void aNetworkThatLeavesTheMachineIsRefused() {
            for (var network : List.of("0.0.0.0/0", "126.0.0.0/7", "192.0.2.0/24", "::/0", "::/127", "::ffff:0:0/96")) {
                says(refused("census.lab.networks=127.0.0.0/8," + network), "census.lab.networks = \"" + network + "\"");
            }
        }
    }
}
