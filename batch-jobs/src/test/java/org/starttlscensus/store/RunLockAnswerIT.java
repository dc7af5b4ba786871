package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process is told that asks for the run lock, whenever its holder ends. */
class RunLockAnswerIT {

    @TempDir
    private static Path directory;

    private static Database database;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoHasIt(RunLock.Holder holder) {
        try (var _ = database.tryRunLock(holder).orElseThrow()) {
            assertEquals(new RunLockAnswer.HeldBy(holder), database.askForRunLock(RunLock.Holder.RUN));
        }
        assertEquals(Optional.empty(), database.runLockHolder());
    }

    /** Between "it is taken" and "who has it" a check may end; that was told as "another run". */
    @Test
    void isGrantedIfItsHolderEndsBetweenTheTwoQuestions() {
        var check = database.tryRunLock(RunLock.Holder.CHECK).orElseThrow();
        var asked = new AtomicInteger();
        var answer = RunLockAnswer.of(
                () -> {
                    var taken = database.tryRunLock();
                    asked.incrementAndGet();
                    check.close();
                    return taken;
                },
                database::runLockHolder);
        try (var lock = answer.granted().orElseThrow()) {
            assertTrue(lock.isHeld());
        }
        assertEquals(2, asked.get(), "it was taken when it was asked for first");
    }
}
