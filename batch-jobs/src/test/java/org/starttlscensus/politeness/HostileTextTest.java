package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;

/** The cost of reading a hostile reply is bounded: counted in steps, because a clock would measure the machine. */
class HostileTextTest {

    private static final List<String> WORDS = List.of(
            "ip ",
            "host ",
            "your ip ",
            "too ",
            "list ",
            "dns ",
            "limit ",
            "must use ",
            "a",
            " ",
            "tls tls ",
            "certificate ",
            "connection ",
            "\u00ff",
            "1:",
            "4.7.0 ",
            "\n4.7.0 ",
            "cannot find your a ");

    @Test
    void ofAHostileTextOnlyABoundedPartIsRead() {
        for (var word : WORDS) {
            var line = word.repeat(90 * 1024 / word.length());
            var read = ReplyText.of(new SmtpReply(421, Arrays.asList(line.split("\n")), Octets.NONE));
            assertTrue(read.wording().length() <= ReplyText.MOST_OCTETS + 1, word);
        }
    }

    /** Beginnings of patterns without their ends. Twice the text costs twice the steps, counted and not timed. */
    @Test
    void aHostileTextCostsStepsInProportionToItsLength() {
        for (var rule : ReplyRuleTable.shipped().rules()) {
            if (rule.text().isEmpty()) continue;
            for (var word : WORDS) {
                var once = steps(rule.text().get(), word.repeat(1_000 / word.length()));
                var twice = steps(rule.text().get(), word.repeat(2_000 / word.length()));
                assertTrue(
                        twice <= once * 2.5 + 10_000,
                        () -> "%s by \"%s\": %,d steps, then %,d".formatted(rule.id(), word, once, twice));
            }
        }
    }

    private static long steps(Pattern pattern, String text) {
        var counted = new CountedText(text);
        pattern.matcher(counted).find();
        return counted.reads;
    }

    /** Counts how often a character is looked at. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
