package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrecedenceTest {

    private final Precedence precedence = new Precedence();

    @Test
    void holdsABackupUntilEveryPrimaryOfItsSetIsSettled() {
        precedence.add(List.of(1L, 2L), List.of(3L, 4L));
        assertTrue(precedence.isHeld(3));
        assertFalse(precedence.isHeld(1));
        assertEquals(List.of(), precedence.settled(1));
        assertTrue(precedence.isHeld(3));
        assertEquals(List.of(3L, 4L), precedence.settled(2));
        assertFalse(precedence.isHeld(3));
        assertFalse(precedence.isHeld(4));
    }

    @Test
    void holdsABackupOfSeveralSetsUntilAllAreSettled() {
        precedence.add(List.of(1L), List.of(3L));
        precedence.add(List.of(2L), List.of(3L));
        assertEquals(List.of(), precedence.settled(1));
        assertTrue(precedence.isHeld(3));
        assertEquals(List.of(3L), precedence.settled(2));
    }

    @Test
    void settlesAPrimaryOfSeveralSetsInAllOfThem() {
        precedence.add(List.of(1L), List.of(3L));
        precedence.add(List.of(1L), List.of(4L));
        assertEquals(List.of(3L, 4L), precedence.settled(1));
        assertEquals(List.of(), precedence.settled(1), "a second call of the same endpoint");
    }

    @Test
    void ignoresSetsWithoutPrimariesOrBackups() {
        precedence.add(List.of(), List.of(3L));
        precedence.add(List.of(1L), List.of());
        assertFalse(precedence.isHeld(3));
        assertEquals(List.of(), precedence.settled(1));
    }
}
