package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Hostname;

class CellTest {

    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

    @ParameterizedTest
    @CsvSource({"-1+2.example,\\0451+2.example", "=cmd,\\061cmd", "+1x,\\0431x", "@sum,\\064sum", "-,\\045"})
    void textThatBeginsLikeAFormulaIsEscapedAsInAZoneFile(String text, String cell) {
        assertEquals(cell, Cell.of(text));
    }

    @ParameterizedTest
    @CsvSource({"mx.example.org", "-1", "-1.50", "99.50", "''", "_dmarc.example", "2001:db8::1", "a-b", "true"})
    void otherTextIsUnchanged(String text) {
        assertEquals(text, Cell.of(text));
    }

    @Test
    void noHostNameOfAMillionIsAFormula() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        var letters = "ab1--__..";
        for (int i = 0; i < 1_000_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(1, 8); n > 0; n--)
                text.append(letters.charAt(random.nextInt(letters.length())));
            if (text.indexOf("..") >= 0 || text.charAt(0) == '.' || text.charAt(text.length() - 1) == '.') continue;
            var cell = Cell.of(new Hostname(text.toString()).ascii());
            assertFalse(FORMULA.matcher(cell).find() && !NUMBER.matcher(cell).matches(), cell);
        }
    }
}
