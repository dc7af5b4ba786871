package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Table {@code run_request}: what the operator asks of a night, in another process than the one that runs it. */
public final class RunRequests {

    private final JdbcClient jdbc;

    public RunRequests(Database database) {
        this.jdbc = database.jdbc();
    }

    /** What can be asked; labels of the table. */
    public enum Request {
        /** Call nobody until further notice; calls under way end. */
        PAUSE("pause"),
        RESUME("resume"),
        /** Call nobody more in this night; what was measured is judged and published. */
        STOP("stop");

        private final String label;

        Request(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        private static Request of(String label) {
            for (var one : values()) {
                if (one.label.equals(label)) return one;
            }
            throw new IllegalArgumentException("no request is called " + label);
        }
    }

    /** A request and when it was made. */
    public record RecordedRequest(Request request, Instant at) {}

    public void ask(CensusNight night, Request request, Instant now) {
        jdbc.sql(Sql.named("run/ask"))
                .param("night", night.date())
                .param("request", request.label())
                .param("now", Times.of(now))
                .update();
    }

    /** The latest word on a night, which holds; empty if nothing was asked. */
    public Optional<RecordedRequest> latest(CensusNight night) {
        return jdbc.sql(Sql.named("run/latest"))
                .param("night", night.date())
                .query((row, _) -> new RecordedRequest(
                        Request.of(row.getString("request")),
                        Times.read(row, "requested_at").orElseThrow()))
                .optional();
    }
}
