package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.Address;

/** Who asks for a few servers gets the confirmations that a night's verdicts get. */
@ExtendWith(EmptyDatabaseExtension.class)
class ConfirmedLooksIT {

    private static final Duration GAP = Duration.ofMinutes(30);

    private static Database database;

    static LongStream seeds() {
        return LongStream.range(0, 8);
    }

    private static Contacts filled(long seed) {
        var contacts = new Contacts(database);
        contacts.clear();
        contacts.fill(seed, List.of(1, 4, 20, 60).get((int) (seed % 4)));
        return contacts;
    }

    private static List<Address> addresses(String outcome) {
        return database.jdbc().sql("""
                        SELECT DISTINCT host(address)
                        FROM census.assessed_server JOIN census.endpoint USING (endpoint_id)
                        WHERE outcome = :outcome""").param("outcome", outcome).query(String.class).list().stream()
                .map(Address::of)
                .toList();
    }

    private static Set<Address> confirmed(Collection<Address> addresses) {
        return new ConfirmedLooks(database).of(Contacts.TONIGHT, addresses, GAP);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areThoseOfTheVerdicts(long seed) {
        filled(seed);
        var asked = addresses("no_starttls_unconfirmed");
        var found = confirmed(asked);
        new Verdicts(database).confirm(Contacts.TONIGHT, GAP);
        assertEquals(Set.copyOf(addresses("no_starttls")), found);
    }

    @Test
    void areOfTheAddressesThatWereAskedFor() {
        filled(0);
        var all = confirmed(addresses("no_starttls_unconfirmed"));
        assertFalse(all.isEmpty());
        var one = all.iterator().next();
        assertEquals(Set.of(one), confirmed(List.of(one)));
        assertEquals(Set.of(), confirmed(List.of()));
    }

    @Test
    void changeNoVerdict() {
        filled(1);
        var before = addresses("no_starttls_unconfirmed").stream().collect(Collectors.toSet());
        confirmed(before);
        assertEquals(before, Set.copyOf(addresses("no_starttls_unconfirmed")));
    }
}
