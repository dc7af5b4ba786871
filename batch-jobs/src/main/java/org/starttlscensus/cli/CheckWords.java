package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;

/** Says where the result of a check comes from, or why there is none, in sentences for people. */
final class CheckWords {

    private static final int MOST_OF_A_DETAIL = 300;

    private CheckWords() {}

    static String of(Finding finding) {
        return switch (finding) {
            case Finding.Called(var night) -> "called now; recorded in the ledger of night " + night;
            case Finding.Reused(var night, var at, var instead) ->
                instead.map(not -> "the result of %s (night %s) stands; a second look was due, but %s"
                                .formatted(at, night, words(not)))
                        .orElseGet(() -> "not called again: the result of %s (night %s) is less than 24 hours old"
                                .formatted(at, night));
            case Finding.NotMeasured not -> "not called: " + words(not);
        };
    }

    private static String words(Finding.NotMeasured not) {
        return "%s%s%s"
                .formatted(
                        of(not.notMeasuredReason()),
                        not.detail()
                                .map(words -> " (" + Printable.peer(words, MOST_OF_A_DETAIL) + ")")
                                .orElse(""),
                        not.when().map(at -> ", at the earliest at " + at).orElse(""));
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
            case DATABASE_BUSY -> "another check or command was using the database for as long as we waited";
            case STOPPED -> "the check was stopped before that";
            case BEYOND_THE_CAP -> "the domain has more servers than one check calls";
        };
    }

    /** What helps to get an answer; the reasons are ours, so the server's operator need do nothing. */
    static String advice(NotMeasuredReason notMeasuredReason) {
        return switch (notMeasuredReason) {
            case SPECIAL_ADDRESS -> "if the domain should receive mail, let its MX record lead to a public address";
            case NO_IPV6, NO_IPV4 -> "nothing: ask from a machine that has both kinds of addresses";
            case SUSPENDED -> "nothing: we ask again when its provider lets us";
            case OPTED_OUT -> "nothing: it is not called";
            case BUDGET, CALLED_BEFORE -> "nothing: ask again in the next night";
            case HELD_BY_OPERATOR -> "nothing: ask again when the night goes on";
            case LATER -> "nothing: ask again later, or let the check wait longer (--wait SECONDS)";
            case PLANNED, RUN_AT_WORK -> "nothing: ask again later, when the night has called it";
            case DATABASE_BUSY -> "nothing: ask again in some minutes";
            case STOPPED -> "nothing: ask again";
            case BEYOND_THE_CAP -> "nothing: the first 20 servers are called";
        };
    }

    /** When to ask again, if nothing says from when; empty if asking again shows no more. */
    static Optional<String> again(NotMeasuredReason notMeasuredReason) {
        return switch (notMeasuredReason) {
            case SUSPENDED, BUDGET, CALLED_BEFORE -> Optional.of("Ask again after the next night.");
            case HELD_BY_OPERATOR -> Optional.of("Ask again when the night goes on.");
            case LATER, PLANNED, RUN_AT_WORK, DATABASE_BUSY -> Optional.of("Ask again later.");
            case SPECIAL_ADDRESS, NO_IPV6, NO_IPV4, OPTED_OUT, STOPPED, BEYOND_THE_CAP -> Optional.empty();
        };
    }
}
