package org.starttlscensus.cli;

import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;

/** Says where the result of a check comes from, or why there is none, in sentences for people. */
final class CheckWords {

    private CheckWords() {}

    static String of(Finding finding) {
        return switch (finding) {
            case Finding.Called(var night) -> "called now; recorded in the ledger of night " + night;
            case Finding.Reused(var night, var at) ->
                "not called again: the result of %s (night %s) is less than 24 hours old".formatted(at, night);
            case Finding.NotMeasured(var notMeasuredReason, var detail, var when) ->
                "not called: %s%s%s"
                        .formatted(
                                of(notMeasuredReason),
                                detail.map(words -> " (" + Printable.line(words) + ")")
                                        .orElse(""),
                                when.map(at -> ", at the earliest at " + at).orElse(""));
        };
    }

    static String of(NotMeasuredReason notMeasuredReason) {
        return switch (notMeasuredReason) {
            case SPECIAL_ADDRESS -> "the census may not call that address";
            case NO_IPV6 -> "we have no IPv6";
            case NO_IPV4 -> "we have no IPv4";
            case SUSPENDED -> "its provider has refused our calls, so we do not call it";
            case OPTED_OUT -> "its operator has opted out of the census";
            case BUDGET -> "the calls that one night may make there are used up";
            case CALLED_BEFORE ->
                "it was called in this night already, but the result is unknown or too old; the next night calls it";
            case HELD_BY_OPERATOR -> "our operator has paused or stopped the night";
            case LATER -> "the limits of its address or provider allowed no call within the time we waited";
            case PLANNED -> "it is in tonight's plan, and the running night has not called it yet";
            case RUN_AT_WORK -> "a night is running and did not call it within the time we waited";
            case BEYOND_THE_CAP -> "the domain has more servers than one check calls";
        };
    }

    /** The answer for the whole domain. */
    static String answer(String domain, Answers answers) {
        if (answers.any().isEmpty()) {
            return ("We could not find out whether mail to %s can be sent over TLS. "
                            + "That says nothing bad about the servers that we did not reach.")
                    .formatted(domain);
        }
        if (!answers.any().get())
            return "No: none of the servers of %s offers STARTTLS, so mail to it is sent unencrypted."
                    .formatted(domain);
        var offered = answers.allReachable().orElse(true)
                ? "Yes: every server of %s that we reached offers STARTTLS.".formatted(domain)
                : "Partly: some of the servers of %s offer STARTTLS, and some do not.".formatted(domain);
        return answers.unusable() == 0
                ? offered
                : "%s But at %d of them it did not work; see above.".formatted(offered, answers.unusable());
    }
}
