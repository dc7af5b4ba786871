package org.starttlscensus.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: started together, killed, stopped in the lock, or of another user. */
class CallingProcessesIT {

    private static final String OURS = "7512345678901234567/16384";
    private static final String OTHER = "7599999999999999999/16384";

    @TempDir
    Path directory;

    private Path place;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void choosePlace() {
        place = directory.resolve("tmp");
    }

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) process.destroyForcibly().waitFor();
    }

    private Process start(String identity) throws IOException {
        var process = CallingProcess.start(place, identity);
        started.add(process);
        return process;
    }

    private static String line(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    private MachineContacts contacts(Duration later) {
        return new MachineContacts(
                List.of(place), () -> InstantSource.system().instant().plus(later), Duration.ofMillis(200));
    }

    private static CallingDatabase database(String identity) {
        return new CallingDatabase(identity, "test", "the test");
    }

    @Test
    void ofManyDatabasesThatStartTogetherOneCalls() throws Exception {
        for (int round = 0; round < 3; round++) {
            place = directory.resolve("round-" + round);
            var processes = new ArrayList<Process>();
            for (int number = 1; number <= 6; number++) processes.add(start(number + "/1"));
            var said = new ArrayList<String>();
            for (var process : processes) said.add(line(process));
            assertEquals(1, said.stream().filter("taken"::equals).count(), said::toString);
            assertEquals(5, said.stream().filter("refused"::equals).count(), said::toString);
            end();
        }
    }

    @Test
    void aKilledOneKeepsTheMachineForADayAndItsOwnNextRunGoesOn() throws Exception {
        var killed = start(OURS);
        assertEquals("taken", line(killed));
        try (var calls = killed.outputWriter()) {
            calls.write("call\n");
            calls.flush();
            assertEquals("called", line(killed));
            killed.destroyForcibly().waitFor();
        }
        assertThrows(MachineTakenException.class, () -> contacts(Duration.ZERO).lease(database(OTHER)));
        assertThrows(
                MachineTakenException.class,
                () -> contacts(Duration.ofHours(23)).lease(database(OTHER)));
        assertEquals("taken", line(start(OURS)));
        contacts(Duration.ofHours(25)).lease(database(OTHER));
    }

    /** kill -9 at any moment of taking: there is no record, or a whole one. */
    @Test
    void killsInTheMiddleLeaveNothingThatIsRefused() throws Exception {
        for (int kill = 0; kill < 8; kill++) {
            var process = start(OURS);
            if (kill % 2 == 0) process.waitFor(40L * kill, TimeUnit.MILLISECONDS);
            else line(process);
            process.destroyForcibly().waitFor();
            if (Files.isDirectory(place)) contacts(Duration.ZERO).latest();
            contacts(Duration.ZERO).lease(database(OURS));
        }
    }

    @Test
    void aFileThatSomebodyKeepsLockedIsRefusedInWords() throws Exception {
        contacts(Duration.ZERO).lease(database(OURS));
        var file = place.resolve("last-contact");
        var locking = CallingProcess.locking(file);
        started.add(locking);
        assertEquals("locked true", line(locking));
        var refused = assertThrows(
                MachineFileException.class, () -> contacts(Duration.ZERO).lease(database(OURS)));
        assertTrue(refused.getMessage().contains("kept it locked"), refused::getMessage);
        assertTrue(refused.getMessage().contains("fuser"), refused::getMessage);
        assertEquals(
                OURS, contacts(Duration.ZERO).latest().orElseThrow().database().identity());
        locking.destroyForcibly().waitFor();
        contacts(Duration.ZERO).lease(database(OURS));
    }

    /** Needs root, who may start processes as any user. */
    @Nested
    class OfSeveralUsers {

        private static final int ONE = 65_531;
        private static final int ANOTHER = 65_532;

        private Path classes;

        @BeforeEach
        void copyClasses() throws Exception {
            assumeTrue(mayChangeUser(), "skipped: this user cannot start a process as another user");
            Files.setAttribute(directory, "unix:mode", 01777); // as /var/tmp is
            classes = directory.resolve("classes");
            for (var type : List.of(MachineContacts.class, CallingProcess.class)) {
                var from = Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .resolve("org/starttlscensus/machine");
                var to = classes.resolve("org/starttlscensus/machine");
                Files.createDirectories(to);
                try (var files = Files.list(from)) {
                    for (var file : files.toList())
                        Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
                }
            }
            letOthersReadClasses();
        }

        private void letOthersReadClasses() throws IOException {
            try (var all = Files.walk(classes)) {
                for (var each : all.toList()) Files.setAttribute(each, "unix:mode", 0755);
            }
        }

        private static boolean mayChangeUser() throws InterruptedException {
            try {
                return new ProcessBuilder("setpriv", "--reuid=" + ONE, "--clear-groups", "true")
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException noSuchProgram) {
                return false;
            }
        }

        private String first(int user, String identity) throws IOException {
            var process = CallingProcess.startAs(user, classes, place, identity);
            started.add(process);
            return line(process);
        }

        @Test
        void aDatabaseOfAnotherUserIsRefusedAndTheSameOneIsNot() throws Exception {
            assertEquals("taken", first(ONE, OURS));
            assertEquals("refused", first(ANOTHER, OTHER));
            assertEquals("taken", first(ANOTHER, OURS));
            assertEquals("refused", first(ONE, OTHER));
        }

        /** One user keeps the folder to himself, as a service does: nobody else calls from this machine. */
        @Test
        void whoCannotWriteTheRecordCallsNobody() throws Exception {
            Files.createDirectory(place);
            Files.setAttribute(place, "unix:mode", 0755);
            contacts(Duration.ZERO).lease(database(OURS));
            for (var identity : List.of(OURS, OTHER)) {
                var said = first(ONE, identity);
                assertTrue(said.startsWith("unusable: " + place.resolve("last-contact")), said);
                assertTrue(said.contains("permission denied") && said.contains("no server is called"), said);
            }
        }
    }
}
