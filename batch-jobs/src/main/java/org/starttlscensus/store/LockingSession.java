package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A session of the server that is in the way of a new or of an old month.
 *
 * @param state as in {@code pg_stat_activity}, for example {@code idle in transaction}
 * @param since when its transaction began
 */
record LockingSession(int pid, String role, String program, String state, Optional<Instant> since, String tables) {

    static List<LockingSession> all(JdbcClient.StatementSpec question) {
        return question.query((row, _) -> new LockingSession(
                        row.getInt("pid"),
                        row.getString("role"),
                        row.getString("program"),
                        row.getString("state"),
                        Times.read(row, "since"),
                        row.getString("tables")))
                .list();
    }

    String words() {
        return "session %d (role %s%s, %s%s) holds %s"
                .formatted(
                        pid,
                        role,
                        program.isEmpty() ? "" : ", program " + program,
                        state,
                        since.map(at -> ", since " + at).orElse(""),
                        tables);
    }
}
