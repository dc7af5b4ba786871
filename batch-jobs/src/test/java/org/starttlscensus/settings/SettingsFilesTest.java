package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.settings.GivenSettings.says;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which settings file is read, and what becomes of one that cannot be. */
class SettingsFilesTest {

    @TempDir
    Path directory;

    private Path home;
    private Path current;
    private Map<String, String> environment;

    @BeforeEach
    void makeFolders() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        current = Files.createDirectory(directory.resolve("current"));
        environment = Map.of("HOME", directory.resolve("user").toString());
    }

    private SettingsReading read(String... pairs) {
        return GivenSettings.in(home, current).reader().all(List.of(pairs), Optional.empty(), environment, true);
    }

    private String refused() {
        return assertThrows(SettingException.class, this::read).getMessage();
    }

    /** A file in which the port says which one it is. */
    private static Path file(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve("census.yaml"), "census.smtp.port: %d\n".formatted(port));
    }

    @Nested
    class TheFirstOneWins {

        @Test
        void besideTheDatabaseForTheMachineForTheUserHere() throws IOException {
            var here = file(current, 4);
            assertEquals(Optional.of(here), read().search().file());
            var users = file(directory.resolve("user/.config/starttls-census"), 3);
            assertEquals(Optional.of(users), read().search().file());
            var machines = file(home.resolve("etc"), 2);
            assertEquals(Optional.of(machines), read().search().file());
            var besideTheDatabase = file(home.resolve(".census"), 1);
            var found = read();
            assertEquals(1, found.settings().smtp().port());
            assertEquals(
                    new SettingsFileSearch(
                            Optional.of(besideTheDatabase),
                            false,
                            List.of(home.resolve(".census"), home.resolve("etc"), users.getParent(), current),
                            List.of(machines, users, here)),
                    found.search());
        }

        @Test
        void theOneNamedBeforeAllAndThenNoneIsSearched() throws IOException {
            file(home.resolve(".census"), 1);
            var named = Files.writeString(current.resolve("x.properties"), "census.smtp.port=9\n");
            var found = GivenSettings.in(home, current)
                    .reader()
                    .all(List.of(), Optional.of(Path.of("x.properties")), environment, true);
            assertEquals(9, found.settings().smtp().port());
            assertEquals(new SettingsFileSearch(Optional.of(named), true, List.of(), List.of()), found.search());
        }

        @Test
        void theDatabasesFolderMayBeGivenByASettingOrVariable() throws IOException {
            file(directory.resolve("nights"), 7);
            assertEquals(
                    7,
                    read("census.database.directory=" + directory.resolve("nights/pg"))
                            .settings()
                            .smtp()
                            .port());
            environment = Map.of(
                    "CENSUS_DATABASE_DIRECTORY", directory.resolve("nights/pg").toString());
            assertEquals(7, read().settings().smtp().port());
        }

        @Test
        void xdgConfigHomeIsTheUsersFolderUnlessItIsRelative() throws IOException {
            file(directory.resolve("xdg/starttls-census"), 6);
            environment = Map.of(
                    "HOME",
                    "/nonexistent",
                    "XDG_CONFIG_HOME",
                    directory.resolve("xdg").toString());
            assertEquals(6, read().settings().smtp().port());
            environment = Map.of("HOME", "/dev/null", "XDG_CONFIG_HOME", "xdg");
            assertEquals(Optional.empty(), read().search().file());
            environment = Map.of();
            assertEquals(
                    List.of(home.resolve(".census"), home.resolve("etc"), current),
                    read().search().folders());
        }

        @Test
        void aCommandWithItsOwnSettingsSearchesNone() throws IOException {
            file(current, 4);
            var found = GivenSettings.in(home, current).reader().all(List.of(), Optional.empty(), Map.of(), false);
            assertEquals(25, found.settings().smtp().port());
            assertEquals(SettingsFileSearch.NONE, found.search());
        }
    }

    @Test
    void pathsAreRelativeToTheFolderOfTheirFile() throws IOException {
        var etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(
                etc.resolve("census.properties"), "census.lists=a.csv, /b.csv\ncensus.database.directory=pg\n");
        assertEquals(
                List.of(etc.resolve("a.csv"), Path.of("/b.csv")),
                read().settings().lists());
        assertEquals(
                new DatabaseSettings.Embedded(etc.resolve("pg")),
                read().settings().database());
        Files.delete(etc.resolve("census.properties"));
        Files.writeString(etc.resolve("census.yaml"), "census:\n  lists: [a.csv, ../b.csv]\n");
        assertEquals(
                List.of(etc.resolve("a.csv"), home.resolve("b.csv")),
                read().settings().lists());
    }

    @Test
    void aDatabaseOfAStrongerPlaceCounts() throws IOException {
        Files.writeString(current.resolve("census.properties"), """
                census.database.url=jdbc:postgresql://db/c
                census.database.user=u
                census.database.password=geheim
                """);
        assertEquals(
                new DatabaseSettings.Embedded(Path.of("/demo")),
                read("census.database.directory=/demo").settings().database());
        Files.writeString(current.resolve("census.properties"), "census.database.directory=pg\n");
        assertEquals(
                new DatabaseSettings.Server("jdbc:postgresql://db/c", Optional.empty(), Optional.empty()),
                read("census.database.url=jdbc:postgresql://db/c").settings().database());
    }

    @Nested
    class AFileThatIsThereIsNeverPassedOver {

        @Test
        void whenItCannotBeParsed() throws IOException {
            var here = Files.writeString(current.resolve("census.yaml"), "census:\n  smtp:\n    port: [1\n");
            says(refused(), "configuration file " + here + ", line ", "cannot be read as yml");
            Files.writeString(here, "census:\n\tsmtp: 1\n");
            says(refused(), here + ", line 2");
            Files.writeString(here, "- a\n- b\n");
            says(refused(), here.toString());
            Files.writeString(here, "census.smtp.port: 25\n---\ncensus.smtp.port: 26\n");
            says(refused(), here.toString(), "2 YAML documents");
            Files.writeString(here, "census.smtp.port: 25\ncensus.smtp.prot: 26\n");
            says(refused(), here + ", line 2", "unknown key", "did you mean census.smtp.port?");
            Files.writeString(here, "census.smtp.port: x\n");
            says(refused(), "census.smtp.port = \"x\" (" + here + ", line 1)", "allowed is a port, 1 to 65535");
            Files.delete(here);
            var properties = Files.writeString(current.resolve("census.properties"), "census.smtp.port=\\u00zz\n");
            says(refused(), properties.toString(), "cannot be read as properties");
        }

        @Test
        void whenItIsNoFile() throws IOException {
            var here = Files.createDirectory(current.resolve("census.yaml"));
            says(refused(), "configuration file " + here + ": is not a file");
            Files.delete(here);
            Files.createSymbolicLink(here, directory.resolve("nowhere"));
            says(refused(), "configuration file " + here + ": is a link that leads nowhere");
        }

        /** Root may read everything, so only other users see this. */
        @Test
        void whenItMayNotBeRead() throws IOException {
            var etc = file(home.resolve("etc"), 2).getParent();
            var asBefore = Files.getPosixFilePermissions(etc);
            try {
                Files.setPosixFilePermissions(etc.resolve("census.yaml"), PosixFilePermissions.fromString("---------"));
                assumeTrue(!Files.isReadable(etc.resolve("census.yaml")), "skipped: root may read everything");
                says(refused(), etc.resolve("census.yaml") + ": cannot be read by this user");
                Files.setPosixFilePermissions(etc, PosixFilePermissions.fromString("---------"));
                says(refused(), etc.resolve("census.yaml") + ": whether it exists cannot be seen");
            } finally {
                Files.setPosixFilePermissions(etc, asBefore);
            }
        }

        @Test
        void whenOthersCouldHaveWrittenIt() throws IOException {
            var here = file(current, 4);
            Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rw-rw-rw-"));
            says(refused(), "configuration file " + here + ": everybody may write it", "--config");
            var named = GivenSettings.in(home, current).reader().all(List.of(), Optional.of(here), environment, true);
            assertEquals(4, named.settings().smtp().port());
            Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rw-rw-r--"));
            assertEquals(4, read().settings().smtp().port());
        }

        /** Only root can give files away, so only root sees this. */
        @Test
        void whenItIsAnothersOrInAnothersOpenFolder() throws IOException {
            var here = file(current, 4);
            assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can give files away");
            Files.setAttribute(here, "unix:uid", 65_534);
            says(refused(), "configuration file " + here + ": it belongs to another user");
            Files.delete(here);
            Files.createSymbolicLink(here, directory.resolve("theirs.yaml"));
            Files.writeString(directory.resolve("theirs.yaml"), "census.smtp.port: 5\n");
            Files.setAttribute(directory.resolve("theirs.yaml"), "unix:uid", 65_534);
            says(refused(), "configuration file " + here + ": it leads to a file of another user");
        }

        @Test
        void whenBothKindsAreThere() throws IOException {
            file(home.resolve(".census"), 1);
            Files.createFile(home.resolve(".census/census.properties"));
            says(refused(), "both", "keep one");
        }
    }
}
