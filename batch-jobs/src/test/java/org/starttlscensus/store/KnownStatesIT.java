package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was last known of servers and domains, and which changes count. */
@ExtendWith(EmptyDatabaseExtension.class)
class KnownStatesIT {

    private static final String SPANS = """
            SELECT concat_ws(' ', endpoint_id, first_night, coalesce(second_night::text, '-'),
                             coalesce(until_night::text, '-'), starttls, coalesce(chain, '-'))
            FROM known_server ORDER BY endpoint_id, first_night""";

    private static final String DOMAIN_SPANS = """
            SELECT concat_ws(' ', domain_id, first_night, coalesce(second_night::text, '-'),
                             coalesce(until_night::text, '-'), starttls_any,
                             coalesce(left(starttls_primary::text, 1), '-'))
            FROM known_domain ORDER BY domain_id, first_night""";

    private static Database database;

    /** The nights of one server, one letter each. */
    private static KnownNights play(String letters) {
        var nights = new KnownNights(database, 1);
        for (int number = 1; number <= letters.length(); number++) {
            nights.judge(number, letters.substring(number - 1, number));
            nights.note(number);
        }
        return nights;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ttt,",
        "tet,",
        "tee,3 chain_broke trusted expired",
        "teu,3 chain_broke trusted untrusted_root",
        "tbe.be,6 chain_broke trusted expired",
        "teet,3 chain_broke trusted expired;4 chain_healed expired trusted",
        "teette,3 chain_broke trusted expired;4 chain_healed expired trusted",
        "teetet,3 chain_broke trusted expired;4 chain_healed expired trusted",
        "et,",
        "eet,3 chain_healed expired trusted",
        "eeet,4 chain_healed expired trusted",
        "nt,2 gained_starttls no_starttls starttls",
        "nbit,4 gained_starttls no_starttls starttls",
        "tn,",
        "iiii,",
    })
    void ofAServerTheBetterCountsAtOnceAndTheWorseAfterTwoNights(String letters, String expected) {
        var changes = play(letters).changes().stream()
                .filter(line -> line.startsWith("mx."))
                .map(line -> line.replace("mx.s1.test ", ""))
                .toList();
        assertEquals(expected == null ? List.of() : Arrays.asList(expected.split(";")), changes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tn,",
        "tnn,3 starttls_lost starttls no_starttls",
        "tnbn,4 starttls_lost starttls no_starttls",
        "tnt,",
        "tnnt,3 starttls_lost starttls no_starttls;4 gained_starttls no_starttls starttls",
        "nt,",
        "nnt,3 gained_starttls no_starttls starttls",
    })
    void ofADomainToo(String letters, String expected) {
        var changes = play(letters).changes().stream()
                .filter(line -> line.startsWith("s1."))
                .map(line -> line.replace("s1.test ", ""))
                .toList();
        assertEquals(expected == null ? List.of() : Arrays.asList(expected.split(";")), changes);
    }

    /** Nor does a night that shows the worse servers only confirm what was known of the best. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ttp,1 2 - t t",
        "tp,1 - - t t",
        "tpt,1 3 - t t",
        "tpppb,1 - - t t",
        "np,1 - 2 f f;2 - - t -",
        "pp,1 2 - t -",
        "pt,1 - 2 t -;2 - - t t",
    })
    void aBlockOfThePrimaryEndsNoSpanOfTheDomain(String letters, String expected) {
        assertEquals(List.of(expected.split(";")), play(letters).rows("""
                SELECT concat_ws(' ', first_night - '2031-01-29'::date,
                                 coalesce((second_night - '2031-01-29'::date)::text, '-'),
                                 coalesce((until_night - '2031-01-29'::date)::text, '-'),
                                 left(starttls_any::text, 1), coalesce(left(starttls_primary::text, 1), '-'))
                FROM known_domain ORDER BY first_night"""));
    }

    @Test
    void whatIsPendingIsSaid() {
        assertEquals(List.of("false", "true"), play("te").rows("""
                SELECT is_pending::text FROM pub.known_server ORDER BY first_night"""));
        assertEquals(List.of("false"), play("t").rows("SELECT is_pending::text FROM pub.known_server"));
        assertEquals(List.of("false", "false"), play("tee").rows("SELECT is_pending::text FROM pub.known_server"));
    }

    @Test
    void anUnchangedServerCostsNoWrite() {
        var nights = play("tt");
        var before = nights.rows("SELECT ctid || ' ' || xmin FROM known_server");
        nights.judge(3, "t");
        nights.note(3);
        assertEquals(before, nights.rows("SELECT ctid || ' ' || xmin FROM known_server"));
    }

    /** As published tonight, and as asked years later: the last look before that night, not the last of all. */
    @Test
    void whoIsNotCalledShowsWhatItLastShowed() {
        var nights = play("ebibtin");
        assertEquals(
                List.of("1 - -", "2 - -", "3 2031-01-30 expired", "4 - -", "5 - -", "6 2031-02-03 trusted", "7 - -"),
                nights.rows("""
                        SELECT concat_ws(' ', night - '2031-01-29'::date, coalesce((last_own_at AT TIME ZONE 'UTC')::date::text, '-'),
                                         coalesce(last_own_chain, '-'))
                        FROM pub.server ORDER BY night"""));
        assertEquals(List.of("1", "5", "7"), nights.rows("""
                SELECT extract(day FROM last_seen - '2031-01-29')::text FROM pub.known_server ORDER BY first_night"""));
    }

    /** Whatever is judged again, closed late or removed: what is known is what the nights show, read in order. */
    @Test
    void anyOrderOfNightsGivesTheSame() {
        for (int seed = 0; seed < 25; seed++) {
            var random = new Random(seed);
            var nights = new KnownNights(database, 6);
            var shown = new ArrayList<String>(Collections.nCopies(7, ""));
            for (int step = 0; step < 14; step++) {
                int number = 1 + random.nextInt(7);
                var letters = random.nextInt(5) == 0
                        ? ""
                        : IntStream.range(0, 6)
                                .mapToObj(_ -> "tttteunbpi."
                                        .substring(random.nextInt(11))
                                        .substring(0, 1))
                                .collect(Collectors.joining());
                shown.set(number - 1, letters);
                if (letters.isEmpty()) {
                    nights.clear(number);
                    nights.forget(number);
                } else {
                    nights.judge(number, letters);
                    nights.note(number);
                    if (random.nextInt(3) == 0) nights.note(number);
                }
            }
            var found = nights.rows(SPANS);
            var changes = nights.changes();
            assertEquals(spans(shown), found, "seed " + seed);
            assertEquals(domainSpans(shown), nights.rows(DOMAIN_SPANS), "seed " + seed);
            var again = new KnownNights(database, 6);
            for (int number = 1; number <= 7; number++) {
                if (shown.get(number - 1).isEmpty()) continue;
                again.judge(number, shown.get(number - 1));
                again.note(number);
            }
            assertEquals(again.changes(), changes, "seed " + seed);
        }
    }

    private static List<String> spans(List<String> shown) {
        var spans = new ArrayList<String>();
        for (int server = 0; server < 6; server++) {
            String[] open = null;
            for (int number = 1; number <= shown.size(); number++) {
                var letters = shown.get(number - 1);
                if (letters.isEmpty() || ".bip".indexOf(letters.charAt(server)) >= 0) continue;
                var night = KnownNights.night(number).toString();
                var state = switch (letters.charAt(server)) {
                    case 't' -> "t trusted";
                    case 'e' -> "t expired";
                    case 'u' -> "t untrusted_root";
                    default -> "f -";
                };
                if (open != null && open[4].equals(state)) {
                    if (open[2].equals("-")) open[2] = night;
                    continue;
                }
                if (open != null) {
                    open[3] = night;
                    spans.add(String.join(" ", open));
                }
                open = new String[] {"" + (server + 1), night, "-", "-", state};
            }
            if (open != null) spans.add(String.join(" ", open));
        }
        return spans;
    }

    private static List<String> domainSpans(List<String> shown) {
        var spans = new ArrayList<String>();
        for (int server = 0; server < 6; server++) {
            String[] open = null;
            for (int number = 1; number <= shown.size(); number++) {
                var letters = shown.get(number - 1);
                if (letters.isEmpty() || ".bi".indexOf(letters.charAt(server)) >= 0) continue;
                var night = KnownNights.night(number).toString();
                var state = switch (letters.charAt(server)) {
                    case 'n' -> "f f";
                    case 'p' -> "t -";
                    default -> "t t";
                };
                if (open != null && open[4].equals("t t") && state.equals("t -")) continue;
                if (open != null && open[4].equals(state)) {
                    if (open[2].equals("-")) open[2] = night;
                    continue;
                }
                if (open != null) {
                    open[3] = night;
                    spans.add(String.join(" ", open));
                }
                open = new String[] {"" + (server + 1), night, "-", "-", state};
            }
            if (open != null) spans.add(String.join(" ", open));
        }
        return spans;
    }
}
