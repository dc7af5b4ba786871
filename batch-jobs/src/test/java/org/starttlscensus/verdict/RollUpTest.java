package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollUpTest {

    /** The answers of addresses or hosts, then the result of both rules; ? is unknown. */
    @ParameterizedTest
    @CsvSource({
        "'', ?, ?",
        "?, ?, ?",
        "y, y, y",
        "n, n, n",
        "y?, y, y",
        "n?, n, n",
        "yn, y, n",
        "ny?, y, n",
        "??y, y, y",
        "nn?, n, n"
    })
    void ignoresUnknownAnswers(String answers, String any, String allReachable) {
        var given = answers.chars().mapToObj(answer -> answer((char) answer)).toList();
        assertEquals(
                List.of(answer(any.charAt(0)), answer(allReachable.charAt(0))),
                List.of(RollUp.any(given), RollUp.allReachable(given)));
    }

    private static Optional<Boolean> answer(char letter) {
        return letter == '?' ? Optional.empty() : Optional.of(letter == 'y');
    }
}
