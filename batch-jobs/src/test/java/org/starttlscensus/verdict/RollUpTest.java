package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollUpTest {

    private static final String LETTERS = "yn?sofp-";
    private static final List<Vote> VOTES = List.of(
            Vote.YES, Vote.NO, Vote.UNKNOWN, Vote.SILENT, Vote.OPTED_OUT, Vote.OTHER_FAMILY, Vote.SPECIAL, Vote.LEFT);

    /**
     * The votes of parts, then the result of the three rules. y yes, n no, ? unknown, s silent, o opted out, f of another
     * family, p a special address, - left.
     */
    @ParameterizedTest
    @CsvSource({
        "'', -, -, -",
        "?, ?, ?, ?",
        "y, y, y, y",
        "n, n, n, n",
        "y?, y, y, y",
        "n?, ?, ?, n",
        "n????, ?, ?, n",
        "yn, y, y, n",
        "ny?, y, y, n",
        "??y, y, y, y",
        "nnn, n, n, n",
        "n-, n, n, n",
        "np, n, n, n",
        "-p, -, -, -",
        "no, ?, ?, n",
        "o, o, o, o",
        "o-, o, o, o",
        "so, o, o, o",
        "s, s, s, s",
        "ns, ?, ?, n",
        "nf, n, ?, n",
        "f, ?, ?, ?",
        "fp, ?, ?, ?",
        "f-, -, ?, ?",
        "fs, s, ?, ?",
        "yf, y, y, y"
    })
    void noNeedsEveryPartThatCounts(String parts, char host, char any, char allReachable) {
        var given = parts.chars().mapToObj(letter -> vote((char) letter)).toList();
        for (var order : List.of(given, given.reversed())) {
            assertEquals(
                    List.of(vote(host), vote(any), vote(allReachable)),
                    List.of(RollUp.host(order), RollUp.any(order), RollUp.allReachable(order)));
        }
    }

    /** Whatever is made unknown, a yes stays a yes or becomes unknown, and so does a no; nothing becomes a yes or a no. */
    @Test
    void nothingThatIsMadeUnknownTurnsAnAnswer() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(34);
        for (int i = 0; i < 20_000; i++) {
            var whole = random.ints(random.nextInt(1, 6), 0, VOTES.size())
                    .mapToObj(VOTES::get)
                    .toList();
            var seen = new ArrayList<>(whole);
            seen.replaceAll(vote -> vote.counts() && random.nextInt(3) == 0 ? Vote.UNKNOWN : vote);
            for (var pair : List.of(
                    List.of(RollUp.any(whole).answer(), RollUp.any(seen).answer()),
                    List.of(RollUp.host(whole).answer(), RollUp.host(seen).answer()))) {
                assertTrue(
                        pair.getLast().isEmpty() || pair.getLast().equals(pair.getFirst()),
                        () -> whole + " seen as " + seen + ": " + pair);
            }
        }
    }

    /** The five hosts of a domain, four of which are blocked: not a no, whatever the fifth says. */
    @Test
    void oneNoBesideFourBlockedHostsIsUnknown() {
        var votes = new ArrayList<>(Collections.nCopies(4, Vote.of(Outcome.BLOCKED, Optional.empty(), false)));
        votes.add(Vote.of(Outcome.NO_STARTTLS, Optional.of(false), false));
        assertEquals(Vote.UNKNOWN, RollUp.any(votes));
        assertEquals(Vote.NO, RollUp.allReachable(votes));
        assertEquals(4, RollUp.unknown(votes));
    }

    @Test
    void everyOutcomeThatSaysYesOrNoVotesSo() {
        for (var outcome : Outcome.values()) {
            if (outcome.starttls().isPresent()) {
                assertEquals(
                        outcome.starttls(),
                        Vote.of(outcome, outcome.starttls(), true).answer(),
                        outcome::label);
            } else {
                assertEquals(
                        Optional.empty(),
                        Vote.of(outcome, Optional.empty(), true).answer(),
                        outcome::label);
            }
        }
    }

    private static Vote vote(char letter) {
        return VOTES.get(LETTERS.indexOf(letter));
    }
}
