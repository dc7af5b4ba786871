package org.starttlscensus.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.verdict.ChainStatus;

/** One line that {@code census judge} prints. */
sealed interface JudgeAnswer {

    /** {@code census judge reply}. */
    record ReplyAnswer(@JsonProperty("class") String replyClass, String rule, Optional<Long> retryAfterSeconds)
            implements JudgeAnswer {}

    /** {@code census judge chain}. */
    record ChainAnswer(String chain, Optional<String> nameMatch, boolean weak, List<String> reasons, double millis)
            implements JudgeAnswer {

        /** For a case that cannot be read. */
        static ChainAnswer malformed(String message) {
            return new ChainAnswer(ChainStatus.MALFORMED.label(), Optional.empty(), false, List.of(message), 0);
        }
    }

    /** {@code census judge name}: exactly one of the two is present. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record NameAnswer(Optional<String> ascii, Optional<String> reason) implements JudgeAnswer {}

    /** {@code census judge dane}. */
    record DaneAnswer(String dane, Optional<Integer> depth, List<String> reasons) implements JudgeAnswer {}

    /** {@code census judge mta-sts}. */
    record MtaStsAnswer(
            String record,
            Optional<String> policy,
            Optional<String> mode,
            List<Boolean> covered,
            String mtaSts,
            Optional<String> mtaStsEffect,
            Optional<String> lenientMode,
            List<Boolean> lenientCovered,
            List<String> reasons)
            implements JudgeAnswer {}

    /**
     * Instead of another answer: the line cannot be read, or the judge has a bug.
     *
     * @param verdict for chains, which are malformed then; its fields come before the others
     */
    record FaultAnswer(@JsonUnwrapped Optional<ChainAnswer> verdict, String error, long line) implements JudgeAnswer {}
}
