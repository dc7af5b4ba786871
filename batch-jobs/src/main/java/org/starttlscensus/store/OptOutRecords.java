package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.OptOutSubject;

/** What a night's look-ups in the DNS said of opt-outs: tables {@code opt_out_wish} and {@code opt_out_unanswered}. */
public final class OptOutRecords {

    /** On how many nights a record must be absent before its wish ends. */
    public static final int ABSENT_NIGHTS = 3;

    private final Database database;
    private final JdbcClient jdbc;

    public OptOutRecords(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /** @param record the name of the TXT record */
    public record Seen(OptOutSubject subject, String record) {}

    /**
     * What some look-ups said.
     *
     * @param seen       who opted out
     * @param absent     for whom the DNS denied that there is such a record
     * @param unanswered addresses for which it gave no answer: they are not called tonight
     */
    public record Said(List<Seen> seen, List<OptOutSubject> absent, List<Address> unanswered) {

        public static final Said NOTHING = new Said(List.of(), List.of(), List.of());

        public Said {
            seen = List.copyOf(seen);
            absent = List.copyOf(absent);
            unanswered = List.copyOf(unanswered);
        }

        public static Said all(List<Said> said) {
            return new Said(
                    said.stream().flatMap(one -> one.seen().stream()).distinct().toList(),
                    said.stream().flatMap(one -> one.absent().stream()).toList(),
                    said.stream().flatMap(one -> one.unanswered().stream()).toList());
        }

        public boolean isNothing() {
            return seen.isEmpty() && absent.isEmpty() && unanswered.isEmpty();
        }
    }

    /** Those whom the DNS is asked about again, whether they are on a list tonight or not. */
    public List<OptOutSubject> known() {
        return jdbc.sql(Sql.named("opt_out/by_dns"))
                .query((row, _) -> subject(row))
                .list();
    }

    private static OptOutSubject subject(ResultSet row) throws SQLException {
        var name = row.getString("name");
        return name == null
                ? OptOutSubject.ofAddress(Address.of(row.getString("address")))
                : OptOutSubject.ofName(name);
    }

    /**
     * Before the look-ups of a night: ends the wishes whose record was absent often enough, so that nobody is called
     * for the first time in the middle of a night. Forgets which addresses had no answer on other nights.
     */
    public void begin(CensusNight night) {
        database.transactions().executeWithoutResult(_ -> {
            var wished = jdbc.sql(Sql.named("opt_out/wished"))
                    .query((row, _) -> row.getInt(1))
                    .list();
            jdbc.sql(Sql.named("opt_out/end_dns")).param("most", ABSENT_NIGHTS).update();
            endUnwished(jdbc, wished);
            jdbc.sql(Sql.named("opt_out/clear_unanswered"))
                    .param("night", night.date())
                    .update();
        });
    }

    /** Stores it, in one transaction. May be repeated. */
    public void save(CensusNight night, Said said, Instant now) {
        database.transactions().executeWithoutResult(_ -> {
            if (!said.seen().isEmpty()) saveSeen(night, said.seen(), now);
            if (!said.absent().isEmpty()) noteAbsent(night, said.absent());
            if (!said.unanswered().isEmpty()) addUnanswered(night, said.unanswered());
        });
    }

    private void saveSeen(CensusNight night, List<Seen> seen, Instant now) {
        add(jdbc, seen.stream().map(Seen::subject).toList(), now);
        jdbc.sql(Sql.named("opt_out/add_seen"))
                .param("night", night.date())
                .param("now", Times.of(now))
                .param("names", texts(seen, one -> one.subject().name()))
                .param("networks", texts(seen, one -> one.subject().network()))
                .param("records", texts(seen, one -> Optional.of(one.record())))
                .update();
    }

    private void noteAbsent(CensusNight night, List<OptOutSubject> absent) {
        jdbc.sql(Sql.named("opt_out/note_absent"))
                .param("night", night.date())
                .param("names", texts(absent, OptOutSubject::name))
                .param("networks", texts(absent, OptOutSubject::network))
                .update();
    }

    private void addUnanswered(CensusNight night, List<Address> addresses) {
        jdbc.sql(Sql.named("opt_out/add_unanswered"))
                .param("night", night.date())
                .param("addresses", texts(addresses, address -> Optional.of(address.toString())))
                .update();
    }

    /** Adds those who are not left out yet; the trigger runs only if there are any. */
    static int add(JdbcClient jdbc, List<OptOutSubject> subjects, Instant now) {
        var left = subjects.stream()
                .filter(subject -> !isThere(jdbc, subject))
                .distinct()
                .toList();
        if (left.isEmpty()) return 0;
        return jdbc.sql(Sql.named("opt_out/add"))
                .param("names", texts(left, OptOutSubject::name))
                .param("networks", texts(left, OptOutSubject::network))
                .param("now", Times.of(now))
                .update();
    }

    private static boolean isThere(JdbcClient jdbc, OptOutSubject subject) {
        return !jdbc.sql(Sql.named("opt_out/find"))
                .param("name", subject.name().orElse(null))
                .param("network", subject.network().orElse(null))
                .query((row, _) -> row.getInt(1))
                .list()
                .isEmpty();
    }

    static void endUnwished(JdbcClient jdbc, List<Integer> wishedBefore) {
        var still = Set.copyOf(jdbc.sql(Sql.named("opt_out/wished"))
                .query((row, _) -> row.getInt(1))
                .list());
        var ended = wishedBefore.stream().filter(id -> !still.contains(id)).toList();
        if (ended.isEmpty()) return; // without a change the marks need not be set anew
        jdbc.sql(Sql.named("opt_out/end_unwished"))
                .param(
                        "wished_before",
                        ended.stream().mapToInt(Integer::intValue).toArray())
                .update();
    }
}
