package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings as an operator gives them, in the directories of a test. */
record GivenSettings(Path currentDirectory, SettingsReader reader) {

    static final List<String> LAB = List.of("census.lab.networks=127.0.0.0/8", "census.dns.resolvers=127.0.0.1:5300");

    static GivenSettings in(Path home, Path currentDirectory) {
        var files = new SettingsFiles(home.resolve("etc"), currentDirectory);
        return new GivenSettings(currentDirectory, new SettingsReader(home, files, new LoopbackRoutes(List.of())));
    }

    CensusSettings set(String... pairs) {
        return reader.settings(List.of(pairs), Optional.empty(), Map.of());
    }

    CensusSettings file(String name, String content) throws IOException {
        Files.writeString(currentDirectory.resolve(name), content);
        return reader.settings(List.of(), Optional.empty(), Map.of());
    }

    /** The message that refuses them. */
    String refused(String... pairs) {
        return assertThrows(SettingException.class, () -> set(pairs)).getMessage();
    }

    static void says(String message, String... parts) {
        for (var part : parts) assertTrue(message.contains(part), () -> "\"" + part + "\" is missing in: " + message);
    }
}
