package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.ondemand.CheckedDomain;

/** {@code census check --json}. */
record CheckJson(
        String domain,
        LocalDate night,
        String route,
        int mxHosts,
        Optional<Boolean> starttlsAny,
        Optional<Boolean> starttlsPrimary,
        Optional<Boolean> starttlsAllReachable,
        Optional<String> answer,
        List<CheckedServerJson> servers) {

    static CheckJson of(CheckedDomain checked, List<MeasuredServer> servers, Answers answers) {
        var route = checked.route();
        var answer = servers.isEmpty()
                ? Optional.<String>empty()
                : Optional.of(CheckWords.answer(route.domain().ascii(), answers));
        return new CheckJson(
                route.domain().ascii(),
                checked.night().date(),
                route.route().label(),
                route.seen(),
                answers.any(),
                answers.primary(),
                answers.allReachable(),
                answer,
                servers.stream().map(CheckedServerJson::of).toList());
    }
}
