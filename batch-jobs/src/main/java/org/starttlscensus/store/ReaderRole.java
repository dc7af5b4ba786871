package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The role of people who read: it sees the views of schema {@code pub} and nothing else, and its sessions are bounded.
 * On the embedded server, what of it is missing is made. A server of the operator's is not changed: parts of it hold for
 * all users of that database.
 *
 * <p>PostgreSQL lets a role lift its own time-outs and change its own password. So what must hold is a matter of
 * rights; the settings and the password are put right each time, and {@link #endOverlong} ends who stays too long.
 */
public final class ReaderRole {

    public static final String NAME = "census_reader";

    private static final String WRONG_PASSWORD = "28P01";

    /** What belongs to the role, in the order in which it is made. Each is one statement. */
    public enum ReaderPart {
        ROLE("the role"),
        SETTINGS("its time-outs and defaults"),
        GRANTS("its right to read the views of schema pub, and none to make temporary tables"),
        FUNCTIONS("nobody but the census may take the run lock or make large objects");

        private final String words;

        ReaderPart(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** What an administrator runs in the census's database to have it. */
        public String sql() {
            return Sql.named("reader/" + label()).strip() + ";";
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Database database;
    private final JdbcTemplate jdbc;

    public ReaderRole(Database database) {
        this.database = database;
        this.jdbc = new JdbcTemplate(database.dataSource());
    }

    /**
     * Makes what is missing on the embedded server, in one transaction for each part.
     *
     * @return what is missing then
     */
    public List<ReaderPart> prepare() {
        if (database.embeddedDirectory().isEmpty()) return missing();
        for (var part : ReaderPart.values()) {
            var missing = missing(); // again, because one part can undo another: the settings are reset first
            if (missing.contains(part)) make(part);
        }
        return missing();
    }

    /** What is missing, found without a change. */
    public List<ReaderPart> missing() {
        return database.jdbc()
                .sql(Sql.named("reader/state"))
                .query((row, _) -> missing(row))
                .single();
    }

    private static List<ReaderPart> missing(ResultSet state) throws SQLException {
        var missing = new ArrayList<ReaderPart>();
        for (var part : ReaderPart.values()) if (!state.getBoolean(part.label())) missing.add(part);
        return missing;
    }

    private void make(ReaderPart part) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            make(connection, part);
            return null;
        });
    }

    private static void make(Connection connection, ReaderPart part) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(part.sql());
        }
    }

    /** Sets the password, unless it is this one. */
    public void ensurePassword(String password) {
        var server = DatabaseServer.at(database.address().jdbcUrl(), Optional.of(NAME), Optional.of(password));
        try (var session = server.source().getConnection()) {
            session.isReadOnly();
        } catch (SQLException e) {
            if (!WRONG_PASSWORD.equals(e.getSQLState())) throw server.refused(e);
            setPassword(password);
        }
    }

    /** It is hashed here; the server's log cannot show it. */
    private void setPassword(String password) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            var secret = password.toCharArray();
            connection.unwrap(PGConnection.class).alterUserPassword(NAME, secret, "scram-sha-256");
            Arrays.fill(secret, ' ');
            return null;
        });
    }

    /**
     * Ends sessions of readers that have been in one transaction for too long. Needs the rights of a superuser.
     *
     * @return how many
     */
    public int endOverlong(Duration longest) {
        return database.jdbc()
                .sql(Sql.named("reader/end_overlong"))
                .param("longest", longest.toMillis() + "ms")
                .query(Boolean.class)
                .list()
                .size();
    }
}
