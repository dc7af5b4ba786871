package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.politeness.LimitKey;

/** What is said about the keys: the listing and the example file. */
class SettingsListingTest {

    @TempDir
    Path home;

    @TempDir
    Path currentDirectory;

    private GivenSettings given;

    @BeforeEach
    void open() {
        given = GivenSettings.in(home, currentDirectory);
    }

    private SettingsReading read(List<String> pairs, Map<String, String> environment) {
        return given.reader().all(pairs, Optional.empty(), environment, true);
    }

    private static ListedSetting setting(SettingsReading reading, String key) {
        return reading.listed().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** A key that is not in the list is refused as unknown, although the reader asks for it. */
    @Test
    void everyKeyIsListedOnce() throws IllegalAccessException {
        var names = SettingKeys.ALL.stream().map(SettingKey::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        for (var field : SettingKeys.class.getDeclaredFields()) {
            if (field.getType() == SettingKey.class && Modifier.isStatic(field.getModifiers()))
                assertTrue(names.contains(((SettingKey) field.get(null)).name()), field.getName());
        }
        assertEquals(
                names,
                read(List.of(), Map.of()).listed().stream()
                        .map(ListedSetting::key)
                        .toList());
    }

    @Test
    void aNightOfOverlapCanBeSet() {
        assertEquals(50, given.set("census.tls.previous-offer-percent=50").tls().previousOfferPercent());
    }

    @Test
    void eachValueSaysWhereItComesFrom() throws IOException {
        var file = Files.writeString(
                currentDirectory.resolve("census.yaml"), "census:\n  smtp:\n    port: 26\n  lists: [a, b]\n");
        var found = read(List.of("census.limits.provider.gap=9s"), Map.of("CENSUS_SMTP_EHLO_NAME", "a.example"));
        assertEquals(Optional.of("26"), setting(found, "census.smtp.port").value());
        assertEquals(file + ", line 3", setting(found, "census.smtp.port").from());
        assertEquals(Optional.of("25"), setting(found, "census.smtp.port").byDefault());
        assertEquals(
                Optional.of(currentDirectory.resolve("a") + ", " + currentDirectory.resolve("b")),
                setting(found, "census.lists").value());
        assertEquals(file + ", line 4", setting(found, "census.lists").from());
        assertEquals("--set", setting(found, "census.limits.provider.gap").from());
        assertEquals(
                Optional.of("9s"), setting(found, "census.limits.provider.gap").value());
        assertEquals(
                Optional.of("at least 5s"),
                setting(found, "census.limits.provider.gap").ceiling());
        assertEquals(
                "environment variable CENSUS_SMTP_EHLO_NAME",
                setting(found, "census.smtp.ehlo-name").from());
        assertEquals("default", setting(found, "census.limits.address.open").from());
        assertEquals(
                Optional.of("1"), setting(found, "census.limits.address.open").value());
        assertEquals("not set", setting(found, "census.dns.resolvers").from());
        assertFalse(setting(found, "census.broker.password").works());
    }

    @Test
    void secretsAreNeverShown() {
        var found = read(
                List.of(
                        "census.database.url=jdbc:postgresql://db/c?ssl=true&sslpassword=geheim",
                        "census.database.user=u",
                        "census.database.password=geheim"),
                Map.of());
        assertFalse(found.toString().contains("geheim"), found::toString);
        assertEquals(
                Optional.of("jdbc:postgresql://db/c?(hidden)"),
                setting(found, "census.database.url").value());
        assertTrue(setting(found, "census.database.password").isSet());
        assertEquals(
                Optional.empty(), setting(found, "census.database.password").value());
    }

    @Test
    void aDatabaseThatIsOverruledSaysSo() throws IOException {
        Files.writeString(currentDirectory.resolve("census.yaml"), "census.database.url: jdbc:postgresql://db/c\n");
        var url = setting(read(List.of("census.database.directory=/x"), Map.of()), "census.database.url");
        assertFalse(url.isSet());
        assertTrue(
                url.from().endsWith("line 1, but the other kind of database is named in a stronger place"), url::from);
    }

    @Test
    void theExampleAsItIsChangesNothing() throws IOException {
        for (var name : List.of("census.yaml", "census.properties")) {
            var file = Files.writeString(currentDirectory.resolve(name), SettingsExample.text());
            var found = read(List.of(), Map.of());
            assertEquals(Optional.of(file), found.search().file());
            assertEquals(given.set().toString(), found.settings().toString());
            assertTrue(found.listed().stream().noneMatch(one -> one.from().contains(name)));
            Files.delete(file);
        }
    }

    @Test
    void theExampleNamesNoFolderOfThisMachine() {
        assertFalse(SettingsExample.text().contains(home.toString()));
        assertFalse(SettingsExample.text().contains(System.getProperty("user.dir")));
        assertTrue(SettingsExample.text().contains("# Default: .census/pg in the folder of the program.\n"));
    }

    /** Read from the file itself, so what it says of a default is what holds. */
    @Test
    void theExamplesDefaultsAreTheDefaults() throws IOException {
        var without = given.set(GivenSettings.LAB.toArray(String[]::new));
        for (var name : List.of("census.yaml", "census.properties")) {
            var file = Files.writeString(currentDirectory.resolve(name), uncommented(true));
            var found = read(GivenSettings.LAB, Map.of()).settings();
            for (var key : LimitKey.values())
                assertEquals(without.limits().of(key), found.limits().of(key));
            assertEquals(
                    without,
                    new CensusSettings(
                            found.database(),
                            found.lists(),
                            found.sourceAddresses(),
                            found.smtp(),
                            withoutPace(found.dns()),
                            found.tls(),
                            found.providers(),
                            without.limits(),
                            found.lab(),
                            found.retention(),
                            found.identity(),
                            found.window()));
            Files.delete(file);
        }
    }

    /** In a lab a pace counts only where it is given, and the file gives the default of a real night. */
    private static DnsSettings withoutPace(DnsSettings dns) {
        assertEquals(OptionalInt.of(DnsSettings.MOST_QUERIES_PER_SECOND), dns.queriesPerSecond());
        return new DnsSettings(dns.resolvers(), OptionalInt.empty());
    }

    /** Each key with its sample, or with its default, is accepted where the file itself is the only place. */
    @Test
    void eachSampleIsAllowed() throws IOException {
        Files.createFile(currentDirectory.resolve("roots-2026-11-01.pem"));
        Files.writeString(
                currentDirectory.resolve("providers.csv"),
                "# version: 1\nprovider,mx_suffixes,open,gap,per_night,note\nbig,mx.big.example,2,,,\n");
        var contradicting = List.of("census.database.directory", "census.smtp.ehlo-name");
        var lines = uncommented(false).lines().toList();
        var kept = new ArrayList<String>();
        lines.stream()
                .filter(line -> contradicting.stream().noneMatch(line::startsWith))
                .filter(line -> !line.startsWith("census.lab.time") && !line.startsWith("census.lab.patience"))
                .forEach(kept::add);
        Files.writeString(currentDirectory.resolve("census.yaml"), String.join("\n", kept));
        var found = read(List.of(), Map.of());
        assertEquals(
                "jdbc:postgresql://localhost:5432/census",
                ((DatabaseSettings.Server) found.settings().database()).url());
        assertEquals(
                List.of(currentDirectory.resolve("tranco.csv.zip")),
                found.settings().lists());
        assertEquals(1, found.settings().sourceAddresses().size());
    }

    private String uncommented(boolean onlyDefaults) {
        var withDefault = SettingKeys.ALL.stream()
                // the default of a path is in the folder of the program, which is told in words
                .filter(key -> !onlyDefaults
                        || (key.byDefault().isPresent() && !key.valueKind().isPath()))
                .map(SettingKey::name)
                .toList();
        return String.join(
                "\n",
                Arrays.stream(SettingsExample.text().split("\n"))
                        .map(line -> withDefault.stream().anyMatch(key -> line.startsWith("#" + key + ":"))
                                ? line.substring(1)
                                : line)
                        .toList());
    }
}
