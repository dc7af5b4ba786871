package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.SecondOpinion;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.ondemand.CheckedServer.Finding;

/** {@code census recheck --json}. */
record RecheckJson(LocalDate night, List<RecheckedServerJson> servers, List<String> published) {

    static RecheckJson of(
            CensusNight night,
            List<CheckedServer> servers,
            List<SecondOpinion.Reviewed> reviewed,
            List<SecondOpinion.Rewriting> published) {
        return new RecheckJson(
                night.date(),
                servers.stream()
                        .map(server -> RecheckedServerJson.of(server, reviewed))
                        .toList(),
                published.stream().map(SecondOpinion.Rewriting::words).toList());
    }

    /** One server that was to be looked at again. */
    record RecheckedServerJson(
            String mxHost, String ip, Optional<String> row, Optional<String> reason, Optional<Instant> askAgainAt) {

        private static RecheckedServerJson of(CheckedServer server, List<SecondOpinion.Reviewed> reviewed) {
            var row = reviewed.stream()
                    .filter(one -> one.endpoint().equals(server.endpoint()))
                    .map(one -> one.rowState().label())
                    .findFirst();
            var isCalled = server.finding() instanceof Finding.Called;
            return new RecheckedServerJson(
                    server.endpoint().mxHost().ascii(),
                    server.endpoint().address().toString(),
                    isCalled ? row : Optional.empty(),
                    server.finding() instanceof Finding.NotMeasured(var reason, var _, var _)
                            ? Optional.of(reason.label())
                            : Optional.empty(),
                    server.finding() instanceof Finding.NotMeasured(var _, var _, var when) ? when : Optional.empty());
        }
    }
}
