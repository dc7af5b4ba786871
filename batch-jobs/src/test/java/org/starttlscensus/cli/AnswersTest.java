package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.verdict.Outcome;

/** The answer for a domain that is checked now follows the roll-ups of the nights. */
class AnswersTest {

    /**
     * One word per host, of decreasing preference: an outcome, or how the look-up of its addresses ended; then how many
     * MX hosts there are, and any, primary and all_reachable.
     */
    @ParameterizedTest
    @CsvSource({
        "no_starttls, 1, false, false, false",
        "no_starttls blocked, 2, -, false, false",
        "no_starttls timeout, 2, -, false, false",
        "timeout no_starttls, 2, -, -, false",
        "no_starttls nxdomain, 2, false, false, false",
        "no_starttls not_smtp, 2, false, false, false",
        "no_starttls starttls_ok, 2, true, false, false",
        "starttls_ok blocked, 2, true, true, true",
        "no_starttls, 11, -, -, false",
        "no_starttls no_starttls, 11, -, false, false",
        "blocked, 1, -, -, -"
    })
    void needEveryHostForANo(String hosts, int seen, String any, String primary, String allReachable) {
        var words = List.of(hosts.split(" "));
        var numbers = IntStream.range(0, words.size()).boxed().toList();
        var route = new MailRoute(
                StoredNight.domain(0),
                Route.MX,
                numbers.stream()
                        .map(number -> new MailExchange(
                                10 * number, StoredNight.endpoint(number).mxHost()))
                        .toList(),
                seen,
                numbers.stream()
                        .map(number -> addresses(number, words.get(number)))
                        .toList());
        var answers = Answers.of(
                route,
                numbers.stream()
                        .filter(number -> statusOf(words.get(number)) == Status.FOUND)
                        .map(number -> server(number, Outcome.of(words.get(number))))
                        .toList());
        assertEquals(
                List.of(any, primary, allReachable),
                List.of(word(answers.any()), word(answers.primary()), word(answers.allReachable())));
    }

    private static Status statusOf(String word) {
        return switch (word) {
            case "timeout" -> Status.TIMEOUT;
            case "nxdomain" -> Status.NXDOMAIN;
            default -> Status.FOUND;
        };
    }

    private static HostAddresses addresses(int number, String word) {
        var endpoint = StoredNight.endpoint(number);
        var found = statusOf(word) == Status.FOUND ? List.of(endpoint.address()) : List.<Address>of();
        return new HostAddresses(endpoint.mxHost(), statusOf(word), List.of(), found, found.size());
    }

    private static MeasuredServer server(int number, Outcome outcome) {
        return new MeasuredServer(
                new CheckedServer(
                        StoredNight.endpoint(number),
                        10 * number,
                        false,
                        new Finding.Called(CensusNight.of("2026-11-23"))),
                List.of(),
                Optional.of(outcome),
                Optional.empty());
    }

    private static String word(Optional<Boolean> answer) {
        return answer.map(String::valueOf).orElse("-");
    }
}
