package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The servers confirmed to have no STARTTLS, compared with a statement that reads every contact of the last 32 nights.
 * That statement is the definition; the program used it until it proved too slow.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class ConfirmationIT {

    private static final Duration GAP = Duration.ofMinutes(30);

    private static Database database;

    static LongStream seeds() {
        return LongStream.range(0, 16);
    }

    private static Contacts filled(long seed) {
        var contacts = new Contacts(database);
        contacts.clear();
        contacts.fill(seed, List.of(1, 4, 20, 60).get((int) (seed % 4)));
        return contacts;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equalsWhatReadingEverythingConfirms(long seed) {
        var contacts = filled(seed);
        new Verdicts(database).confirm(Contacts.TONIGHT, GAP);
        var found = contacts.confirmed();
        contacts.resetConfirmations();
        contacts.confirmByReadingEverything(GAP);
        assertEquals(contacts.confirmed(), found);
    }

    /** Otherwise the comparison above would prove nothing. */
    @Test
    void isSomeAndNotAllOfThem() {
        int confirmed = 0;
        int left = 0;
        for (long seed = 0; seed < 8; seed++) {
            var contacts = filled(seed);
            new Verdicts(database).confirm(Contacts.TONIGHT, GAP);
            confirmed += contacts.confirmed().size();
            left += contacts.unconfirmed();
        }
        assertTrue(confirmed > 20 && left > 20, "%d confirmed, %d not".formatted(confirmed, left));
    }
}
