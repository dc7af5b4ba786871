package org.starttlscensus.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One database calls from a machine; another may a day later, or after the operator's word. */
class MachineContactsTest {

    private static final CallingDatabase OURS = new CallingDatabase("7512345678901234567/16384", "census", "ours");
    private static final CallingDatabase OTHER = new CallingDatabase("7599999999999999999/16384", "bob", "the other");
    private static final Duration AHEAD = MachineContacts.AHEAD;
    private static final Instant START = Instant.parse("2026-11-30T22:00:00Z");

    @TempDir
    Path directory;

    private Path first;
    private Path last;
    private Instant now = START;
    private MachineContacts contacts;

    @BeforeEach
    void open() {
        first = directory.resolve("lib");
        last = directory.resolve("tmp");
        contacts = contacts(first, last);
    }

    private MachineContacts contacts(Path... places) {
        InstantSource clock = () -> now;
        return new MachineContacts(List.of(places), clock, Duration.ofMillis(100));
    }

    private String refused(CallingDatabase database) {
        return assertThrows(MachineTakenException.class, () -> contacts.lease(database))
                .getMessage();
    }

    private Path file() {
        return last.resolve("last-contact");
    }

    @Nested
    class ASecondDatabase {

        @Test
        void isRefusedForADayAndToldWhoWhenAndWhatToDo() {
            contacts.lease(OURS);
            var message = refused(OTHER);
            for (var part : List.of(
                    "ours (database 7512345678901234567/16384, user census)",
                    "2026-11-30T22:01:00Z",
                    "2026-12-01T22:01:00Z",
                    "census machine release",
                    file().toString())) assertTrue(message.contains(part), message);
            now = START.plus(Duration.ofDays(1)).plusSeconds(59);
            refused(OTHER);
            now = now.plusSeconds(1);
            contacts.lease(OTHER);
            assertTrue(refused(OURS).contains("the other"));
        }

        @Test
        void countsFromTheLastCallAndNotFromTheFirst() {
            var lease = contacts.lease(OURS);
            now = START.plus(Duration.ofHours(8));
            lease.beforeCall();
            now = START.plus(Duration.ofHours(32));
            refused(OTHER);
            now = now.plus(AHEAD);
            contacts.lease(OTHER);
        }

        @Test
        void mayCallAtOnceAfterTheOperatorsWord() {
            contacts.lease(OURS);
            now = START.plusSeconds(61);
            assertEquals(OURS, contacts.release().orElseThrow().database());
            contacts.lease(OTHER);
            assertEquals(OTHER, contacts.latest().orElseThrow().database());
        }

        @Test
        void mayNotTakeTheMachineFromOneThatIsCalling() {
            contacts.lease(OURS);
            now = START.plusSeconds(30);
            assertTrue(assertThrows(MachineTakenException.class, contacts::release)
                    .getMessage()
                    .contains("is calling mail servers now"));
            refused(OTHER);
        }

        /** The first one notices with its next call, at most a minute later. */
        @Test
        void stopsTheFirstOne() {
            var lease = contacts.lease(OURS);
            now = START.plusSeconds(61);
            contacts.release();
            contacts.lease(OTHER);
            assertThrows(MachineTakenException.class, lease::beforeCall);
        }
    }

    @Test
    void theSameDatabaseMayCallAgainAndFromSeveralProcesses() {
        var run = contacts.lease(OURS);
        var check = contacts(first, last).lease(OURS);
        now = START.plusSeconds(90);
        run.beforeCall();
        check.beforeCall();
    }

    @Test
    void theRecordIsNeverEarlierThanTheLastCallAndMovesOnceAMinute() throws IOException {
        var lease = contacts.lease(OURS);
        var written = Files.getLastModifiedTime(file());
        for (int second = 0; second < 600; second++) {
            now = START.plusSeconds(second);
            lease.beforeCall();
            var recorded = contacts.latest().orElseThrow().at();
            assertTrue(!recorded.isBefore(now) && !recorded.isAfter(now.plus(AHEAD)), recorded + " at " + now);
            if (second < 60) assertEquals(written, Files.getLastModifiedTime(file()));
        }
    }

    @Nested
    class ThePlace {

        @Test
        void isMadeForAllUsersWhateverTheUmaskIs() throws IOException {
            assertEquals(Optional.empty(), contacts.latest());
            assertEquals(file(), contacts.file());
            assertTrue(Files.notExists(last), "looking makes nothing");
            contacts.lease(OURS);
            assertEquals(01777, mode(last) & 07777);
            assertEquals(0666, mode(file()) & 07777);
            assertTrue(Files.notExists(first));
        }

        @Test
        void isTheFirstThatExistsAndARecordInTheOtherCountsToo() throws IOException {
            contacts.lease(OURS);
            Files.createDirectory(first);
            Files.setAttribute(first, "unix:mode", 0755);
            assertTrue(refused(OTHER).contains(file().toString()));
            now = START.plus(Duration.ofDays(2));
            contacts.lease(OTHER);
            assertEquals(0644, mode(first.resolve("last-contact")) & 07777);
            assertEquals(OTHER, contacts.latest().orElseThrow().database());
            now = now.plusSeconds(90);
            assertEquals(OTHER, contacts.release().orElseThrow().database());
            assertEquals(Optional.empty(), contacts.latest());
        }

        private int mode(Path path) throws IOException {
            return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** The clock was wrong, or somebody wrote that: it is believed until the operator says otherwise. */
    @Test
    void aRecordFromTheFutureHoldsUntilItIsReleased() {
        now = Instant.parse("2062-11-30T22:00:00Z");
        contacts.lease(OURS);
        now = START;
        assertTrue(refused(OTHER).contains("2062-12-01"));
        contacts.release();
        contacts.lease(OTHER);
    }

    @Test
    void namesOfAnyKindStayOnOneLine() {
        var odd = new CallingDatabase("1/2", "b\u00fcrgi\nlast=2000-01-01T00:00:00Z", "x".repeat(5_000) + "\u001b[31m");
        contacts.lease(odd);
        var read = contacts.latest().orElseThrow();
        assertEquals(odd, read.database());
        assertEquals("b?rgi?last=2000-01-01T00:00:00Z", read.database().user());
        assertEquals(400, read.database().where().length());
    }
}
