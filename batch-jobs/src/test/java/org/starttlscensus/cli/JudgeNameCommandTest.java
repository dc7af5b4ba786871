package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeNameCommandTest {

    @ParameterizedTest
    @CsvSource({
        "B\\u00fccher.example, ascii, xn--bcher-kva.example",
        "EXAMPLE.org., ascii, example.org.",
        "fa\\u00df.de, ascii, xn--fa-hia.de",
        "a..b, reason, empty_label",
        "xn--a, reason, invalid_a_label",
        "a b, reason, disallowed_character",
        "\\ud800.example, reason, disallowed_character",
        "\\u0000, reason, disallowed_character"
    })
    void turnsNamesIntoALabelsOrSaysWhyNot(String input, String key, String expected) {
        var answer = Cases.answers(JudgeNameCommand::new, "{\"input\":\"" + input + "\"}")
                .getFirst();
        assertEquals(expected, answer.path(key).asString(answer.toString()));
        assertEquals(1, answer.size());
    }

    @Test
    void aCaseWithoutInputIsAnError() {
        assertEquals(
                "\"input\" is missing",
                Cases.answers(JudgeNameCommand::new, "{\"name\":\"a.b\"}")
                        .getFirst()
                        .get("error")
                        .asString());
    }
}
