package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/** Table {@code run_request}: an operator's requests to a night that another process runs. */
public final class RunRequests {

    private final JdbcClient jdbc;

    public RunRequests(Database database) {
        this.jdbc = database.jdbc();
    }

    /** The possible requests; the labels are stored in the table. */
    public enum Request {
        /** Make no calls until resumed; calls in progress finish. */
        PAUSE("pause"),
        RESUME("resume"),
        /** Make no more calls in this night; judge and publish what was measured. */
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
            throw new IllegalArgumentException("unknown request in table run_request: " + label);
        }
    }

    /** A request and when it was made. */
    public record RecordedRequest(Request request, Instant at) {}

    public void add(CensusNight night, Request request, Instant now) {
        jdbc.sql(Sql.named("run/add"))
                .param("night", night.date())
                .param("request", request.label())
                .param("now", Times.of(now))
                .update();
    }

    /** The latest request for a night, which is in force; empty if there is none. */
    public Optional<RecordedRequest> latest(CensusNight night) {
        return jdbc.sql(Sql.named("run/latest"))
                .param("night", night.date())
                .query((row, _) -> new RecordedRequest(
                        Request.of(row.getString("request")),
                        Times.read(row, "requested_at").orElseThrow()))
                .optional();
    }
}
