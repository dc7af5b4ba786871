package org.starttlscensus.cli;

import java.time.Instant;
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
        String answer,
        String shortAnswer,
        List<String> caveats,
        List<String> toDo,
        Optional<Instant> askAgainAt,
        List<CheckedServerJson> servers) {

    static CheckJson of(CheckedDomain checked, List<MeasuredServer> servers, Answers answers, DomainAnswer answer) {
        var route = checked.route();
        return new CheckJson(
                route.domain().ascii(),
                checked.night().date(),
                route.route().label(),
                route.seen(),
                answers.any(),
                answers.primary(),
                answers.allReachable(),
                answer.sentence(),
                answer.shortAnswer().label(),
                answer.caveats().stream().map(Caveat::label).toList(),
                answer.toDo(),
                answer.askAgainAt(),
                servers.stream().map(CheckedServerJson::of).toList());
    }
}
