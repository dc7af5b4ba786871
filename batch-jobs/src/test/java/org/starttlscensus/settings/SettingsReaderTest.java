package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.settings.GivenSettings.LAB;
import static org.starttlscensus.settings.GivenSettings.says;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.Limit;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ProviderRules;

/** The sources of settings, and the values read from them. */
class SettingsReaderTest {

    private static final Limits SHIPPED_LIMITS =
            Limits.CEILINGS.withProviders(ProviderRules.shipped().limits());

    @TempDir
    Path home;

    @TempDir
    Path currentDirectory;

    private GivenSettings given;

    @BeforeEach
    void open() {
        given = GivenSettings.in(home, currentDirectory);
    }

    @Test
    void withoutAnySettingTheDefaultsHold() {
        assertEquals(
                new CensusSettings(
                        new DatabaseSettings.Embedded(home.resolve(".census/pg")),
                        List.of(),
                        List.of(),
                        new SmtpSettings(25, Optional.empty()),
                        new DnsSettings(List.of(), OptionalInt.empty()),
                        new TlsSettings(Optional.empty()),
                        ProviderRules.shipped(),
                        SHIPPED_LIMITS,
                        Optional.empty(),
                        new RetentionSettings(Duration.ofDays(90)),
                        new IdentitySettings(Optional.empty(), Optional.empty()),
                        CallWindow.of("22:00-06:00 UTC")),
                given.set());
    }

    @Test
    void understandsEveryKey() throws IOException {
        var roots = Files.createFile(currentDirectory.resolve("roots.pem"));
        assertEquals(
                new CensusSettings(
                        new DatabaseSettings.Server(
                                "jdbc:postgresql://db:5433/c", Optional.of("u"), Optional.of(new Secret("p=${x}"))),
                        List.of(currentDirectory.resolve("a.csv"), Path.of("/lists/b.gz")),
                        List.of(
                                new SourceAddress(Address.of("127.0.0.9"), new Hostname("a.example"), false),
                                new SourceAddress(Address.of("::1"), new Hostname("b.example"), true)),
                        new SmtpSettings(2525, Optional.empty()),
                        new DnsSettings(
                                List.of(
                                        new ResolverAddress(Address.of("127.0.0.1"), 53),
                                        new ResolverAddress(Address.of("::1"), 5300)),
                                OptionalInt.empty()),
                        new TlsSettings(Optional.of(new TlsSettings.TrustStoreSetting(roots, "lab-2026-11-23"))),
                        ProviderRules.shipped(),
                        SHIPPED_LIMITS,
                        Optional.of(new LabSettings(List.of(Network.of("127.1.0.0/16"), Network.of("::1")), 0.05, 0)),
                        new RetentionSettings(Duration.ofDays(365)),
                        new IdentitySettings(
                                Optional.of(URI.create("mailto:census@a.example")),
                                Optional.of(URI.create("https://a.example/census"))),
                        CallWindow.of("23:30-07:00 Europe/Berlin")),
                given.set(
                        "census.database.url=jdbc:postgresql://db:5433/c",
                        "census.database.user=u",
                        "census.database.password=p=${x}",
                        "census.lists=a.csv,/lists/b.gz",
                        "census.source-addresses=127.0.0.9=a.example, ::1=b.example=established",
                        "census.smtp.port=2525",
                        "census.dns.resolvers=localhost,[::1]:5300",
                        "census.tls.trust-store=roots.pem",
                        "census.tls.trust-store-name=lab-2026-11-23",
                        "census.identity.contact=mailto:census@a.example",
                        "census.identity.page=https://a.example/census",
                        "census.lab.networks=127.1.0.0/16,::1",
                        "census.lab.time-scale=0.05",
                        "census.lab.patience-scale=0",
                        "census.retention.contact-log=365 d",
                        "census.window=23:30-07:00 Europe/Berlin"));
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
            var environment = Map.of(
                    "CENSUS_SMTP_PORT", "2", "CENSUS_LISTS", "four,five", "CENSUS_SMTP_EHLO_NAME", "", "PATH", "/bin");
            var settings = given.reader()
                    .settings(List.of("census.smtp.port=9", "census.smtp.port=3"), Optional.empty(), environment);
            assertEquals(new SmtpSettings(3, Optional.of(new Hostname("file.example"))), settings.smtp());
            assertEquals(List.of(currentDirectory.resolve("four"), currentDirectory.resolve("five")), settings.lists());
        }

        @Test
        void aPropertiesFileWillDo() throws IOException {
            assertEquals(
                    26,
                    given.file("census.properties", "census.smtp.port = 26\n")
                            .smtp()
                            .port());
        }

        @Test
        void aNamedFileReplacesTheUsualOne() throws IOException {
            Files.writeString(currentDirectory.resolve("census.yaml"), "census.smtp.port: 1\n");
            Files.writeString(currentDirectory.resolve("other.yml"), "census.database.directory: here\n");
            var settings = given.reader().settings(List.of(), Optional.of(Path.of("other.yml")), Map.of());
            assertEquals(25, settings.smtp().port());
            assertEquals(new DatabaseSettings.Embedded(currentDirectory.resolve("here")), settings.database());
        }

        @Test
        void everyKeyHasAVariable() {
            for (var settingKey : SettingKeys.ALL)
                assertEquals(Optional.of(settingKey), SettingKeys.ofVariable(settingKey.variable()));
            assertEquals(
                    "CENSUS_LIMITS_ADDRESS_PER_NIGHT",
                    LimitSettingKeys.perNight(LimitKey.ADDRESS).variable());
        }

        @Test
        void theLaunchersOwnVariablesAreNone() {
            given.reader().settings(List.of(), Optional.empty(), Map.of("CENSUS_LAUNCHER_JAVA_OPTIONS", "-Xmx1g"));
        }
    }

    @Nested
    class KeepsPasswords {

        @Test
        void outOfWhatIsPrinted() {
            var settings = given.set("census.database.url=jdbc:postgresql://db/c", "census.database.password=geheim");
            assertFalse(settings.toString().contains("geheim"), settings::toString);
            assertEquals(
                    "geheim",
                    ((DatabaseSettings.Server) settings.database())
                            .password()
                            .orElseThrow()
                            .reveal());
        }

        @Test
        void outOfMessagesAndUrls() {
            var message = given.refused("census.database.url=jdbc:postgresql://db/c?user=u&password=geheim");
            says(message, "it contains a user or password");
            assertFalse(message.contains("geheim"), message);
        }
    }

    @Nested
    class InTheLab {

        @Test
        void scalesApplyToTonightsLimits() {
            var settings = given.set(LAB.get(0), LAB.get(1), "census.lab.time-scale=0.1");
            assertEquals(
                    Duration.ofSeconds(3), settings.tonightsLimits().address().gap());
            assertEquals(Duration.ofSeconds(30), settings.limits().address().gap());
        }

        @ParameterizedTest
        @ValueSource(ints = {50, 400})
        void withoutPacingTheOpenLimitThatWasSetStays(int open) {
            var settings = given.set(
                    LAB.get(0),
                    LAB.get(1),
                    "census.lab.time-scale=0",
                    "census.limits.source.open=" + open,
                    "census.limits.source.gap=1s");
            assertEquals(
                    new Limit(open, Duration.ZERO, OptionalInt.empty()),
                    settings.tonightsLimits().source());
            assertEquals(Limit.UNLIMITED, settings.tonightsLimits().prefix().open());
        }

        @ParameterizedTest
        @ValueSource(strings = {"census.lab.time-scale", "census.lab.patience-scale"})
        void aScaleNeedsNetworksAndResolversOnLoopback(String key) {
            says(
                    given.refused(key + "=0.5"),
                    key + " (--set): refused by the safety gate",
                    "census.lab.networks is not set");
            says(given.refused(LAB.get(0), key + "=1"), "census.dns.resolvers is not set");
            says(
                    given.refused(LAB.get(0), "census.dns.resolvers=127.0.0.1:53,192.0.2.1:53", key + "=1"),
                    "192.0.2.1:53, which is not on this machine");
        }

        @Test
        void aNetworkThatLeavesTheMachineIsRefused() {
            for (var network : List.of("0.0.0.0/0", "126.0.0.0/7", "192.0.2.0/24", "::/0", "::/127", "::ffff:0:0/96")) {
                says(
                        given.refused("census.lab.networks=127.0.0.0/8," + network),
                        "census.lab.networks = \"" + network + "\"");
            }
        }
    }

    /** What cannot be set is not there, however well it is read. */
    @Test
    void everyKeyThatThisClassNamesCanBeSet() throws IllegalAccessException {
        var named = new ArrayList<SettingKey>();
        for (var field : SettingKeys.class.getDeclaredFields())
            if (field.getType() == SettingKey.class) named.add((SettingKey) field.get(null));
        assertTrue(named.size() > 10, named::toString);
        named.removeAll(SettingKeys.ALL);
        assertEquals(List.of(), named);
    }
}
