package org.starttlscensus.cli;

import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;

/** Where the knowledge of a check comes from, and why there is none, in sentences for people. */
final class CheckWords {

    private CheckWords() {}

    static String of(Finding finding) {
        return switch (finding) {
            case Finding.Called(var night) -> "called now; it stands in the ledger of night " + night;
            case Finding.Reused(var night, var at) ->
                "not called again: what was seen at %s (night %s) is less than 24 hours old".formatted(at, night);
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
            case SPECIAL_ADDRESS -> "that address is none of those that may be called";
            case NO_IPV6 -> "we have no IPv6";
            case NO_IPV4 -> "we have no IPv4";
            case SUSPENDED -> "its provider has asked us to stay away, and we do";
            case OPTED_OUT -> "its operator has opted out of the census";
            case BUDGET -> "the calls that one night may make there are used up";
            case CALLED_BEFORE ->
                "it was called in this night before, and what came of it is not known or too old; the next night calls it again";
            case HELD_BY_OPERATOR -> "our operator has paused or stopped the night";
            case LATER -> "the pauses that we keep at its address or provider allow no call within the time we waited";
            case PLANNED -> "it is in tonight's plan, and the run at work will call it when its turn comes";
            case RUN_AT_WORK -> "a run is at work, was asked, and has not come to it within the time we waited";
            case BEYOND_THE_CAP -> "the domain has more servers than we look at";
        };
    }

    /** What the answers of all its hosts add up to for whoever asks. */
    static String answer(String domain, Answers answers) {
        if (answers.any().isEmpty()) {
            return ("We could not find out whether mail to %s can be sent over TLS. That is about us, or about tonight, and no bad mark for its "
                            + "servers.")
                    .formatted(domain);
        }
        if (!answers.any().get())
            return "No: none of the servers of %s that we could ask offers STARTTLS, so mail to it travels in the clear."
                    .formatted(domain);
        var offered = answers.allReachable().orElse(true)
                ? "Yes: every server of %s that we could ask offers STARTTLS.".formatted(domain)
                : "Partly: some of the servers of %s offer STARTTLS, and some do not.".formatted(domain);
        return answers.unusable() == 0
                ? offered
                : "%s But at %d of them it could not be used; see above.".formatted(offered, answers.unusable());
    }
}
