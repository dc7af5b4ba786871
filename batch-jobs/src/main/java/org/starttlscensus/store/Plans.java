package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.ids;
import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;

/** Tables {@code planned_call} and {@code planned_precedence}. */
public final class Plans {

    /** Maximum number of names of one address that are called in one night (docs/politeness.md, section 2). */
    public static final int NAMES_PER_ADDRESS = 20;

    /**
     * A server that refuses STARTTLS for want of a certificate is asked once in so many nights (docs/politeness.md).
     */
    private static final int STARTTLS_ONCE_IN_NIGHTS = 7;

    private static final int BATCH = 5_000;

    private final Database database;
    private final JdbcClient jdbc;

    public Plans(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * A call to make.
     *
     * @param chargesAddress     whether its address, and not its provider, is charged with refusals
     * @param mailSets           then: the sets of MX records that the address is in, at most 100
     * @param oldVersionQuestion what the old-version campaign asks this endpoint tonight
     * @param probeKind          what its first call probes
     */
    public record ToCall(
            long endpointId,
            Address address,
            String provider,
            boolean chargesAddress,
            List<Long> mailSets,
            int position,
            boolean isImplicit,
            boolean isKnown,
            Optional<ProbeKind> oldVersionQuestion,
            ProbeKind probeKind) {

        public ToCall {
            mailSets = List.copyOf(mailSets);
        }
    }

    /** Identifies the provider of a host by its name and its aliases. */
    public interface HostNames {
        Named of(Hostname host, List<Hostname> aliases);
    }

    /** @param registrable registrable domain of the host itself */
    public record Named(Optional<Provider> provider, Optional<String> registrable) {}

    /**
     * Replaces the night's plan, in one transaction. First the provider of every host is determined over all hosts.
     * Then {@code decisions} gets every candidate in tonight's order, and its result is stored.
     *
     * @param names identifies providers by name, under the version {@code rules} of the provider list
     */
    public void make(NightLease lease, String rules, HostNames names, boolean hasIpv6, Decisions decisions) {
        var night = lease.night();
        database.transactions().executeWithoutResult(_ -> {
            new Nights(database).fence(lease);
            jdbc.sql(Sql.named("transaction/work_memory")).query(String.class).single();
            jdbc.sql(Sql.named("plan/clear")).param("night", night.date()).update();
            var draft = new PlanDraft(database, night);
            draft.identify(names);
            draft.tellWhoServesTogether(decisions);
            var batch = new ArrayList<PlannedCall>(BATCH);
            var position = new int[1];
            database.stream(
                    Sql.named("plan/candidates"),
                    Map.of("night", night.date(), "has_ipv6", hasIpv6, "names_per_address", NAMES_PER_ADDRESS),
                    row -> {
                        batch.add(decisions.decide(new Numbered(++position[0], Candidate.of(row))));
                        if (batch.size() == BATCH) {
                            add(night, rules, batch);
                            batch.clear();
                        }
                    });
            add(night, rules, batch);
            jdbc.sql(Sql.named("plan/analyze"))
                    .param("night", night.date())
                    .query(String.class)
                    .single();
            jdbc.sql(Sql.named("plan/settle_donors"))
                    .param("night", night.date())
                    .update();
            jdbc.sql(Sql.named("plan/withhold_starttls"))
                    .param("night", night.date())
                    .param("once_in_nights", STARTTLS_ONCE_IN_NIGHTS)
                    .update();
            jdbc.sql(Sql.named("plan/add_precedence"))
                    .param("night", night.date())
                    .update();
            jdbc.sql(Sql.named("plan/analyze_precedence"))
                    .param("night", night.date())
                    .query(String.class)
                    .single();
        });
    }

    /** Who is called tonight. */
    public interface Decisions {

        PlannedCall decide(Numbered numbered);

        /** Whether a provider has more servers than fit into a night. Asked before any decision. */
        default boolean isTooMany(String provider, long servers) {
            return false;
        }

        /** Receives hosts of such a provider that serve a domain together. */
        default void serveTogether(List<Hostname> hosts) {}
    }

    /** A candidate and its place in tonight's order, from 1. */
    public record Numbered(int position, Candidate candidate) {}

    /**
     * Draws tonight's sample of the old-version campaign: the endpoints and what each is asked. Each endpoint has a
     * fixed night of the week, and its question changes weekly.
     *
     * @param most maximum size of the sample
     */
    public void askOldVersions(CensusNight night, int most) {
        jdbc.sql(Sql.named("plan/ask_old_versions"))
                .param("night", night.date())
                .param("most", most)
                .param(
                        "questions",
                        Arrays.stream(ProbeKind.values())
                                .filter(ProbeKind::isOldVersion)
                                .map(ProbeKind::label)
                                .toArray(String[]::new))
                .update();
    }

    /** In tonight's order. All calls of one provider share one String of its name, which saves memory. */
    public void toCall(CensusNight night, Consumer<ToCall> each) {
        Map<String, String> providers = new HashMap<>();
        database.copy(
                Sql.named("plan/to_call"),
                Map.of("night", night.toString()),
                row -> each.accept(new ToCall(
                        row.number(),
                        row.address(),
                        providers.computeIfAbsent(row.text().orElseThrow(), name -> name),
                        row.flag(),
                        row.numbers(),
                        (int) row.number(),
                        row.flag(),
                        row.flag(),
                        row.text().map(ProbeKind::of),
                        row.text().map(ProbeKind::of).orElse(ProbeKind.STANDARD))));
    }

    /** Receives a set of MX records: its best-preference servers and its backups, as far as they are to be called. */
    public interface MxSet {
        void of(List<Long> best, List<Long> backups);
    }

    /** The sets that have backups which are not best-preference servers of any domain. */
    public void precedence(CensusNight night, MxSet each) {
        database.stream(
                Sql.named("plan/precedence"),
                Map.of("night", night.date()),
                row -> each.of(List.of((Long[]) row.getArray("best").getArray()), List.of((Long[])
                        row.getArray("backups").getArray())));
    }

    /** Records why planned endpoints were not called after all. */
    public void leaveOut(CensusNight night, Map<Long, NotAttempted> reasons) {
        var entries = List.copyOf(reasons.entrySet());
        jdbc.sql(Sql.named("plan/leave_out"))
                .param("night", night.date())
                .param(
                        "endpoint_ids",
                        entries.stream().mapToLong(Map.Entry::getKey).toArray())
                .param(
                        "reasons",
                        entries.stream().map(entry -> entry.getValue().label()).toArray(String[]::new))
                .update();
    }

    /**
     * Leaves out whoever opted out since the plan was made, called before or not: servers, and those to which only
     * domains lead that opted out.
     */
    public void leaveOutOptedOut(CensusNight night) {
        for (var who : List.of("opted_out", "for_domains"))
            jdbc.sql(Sql.named("plan/leave_out_" + who))
                    .param("night", night.date())
                    .update();
    }

    /** The planned servers that are left out because somebody opted out. */
    public Set<Long> optedOut(CensusNight night) {
        return Set.copyOf(jdbc.sql(Sql.named("plan/left_out"))
                .param("night", night.date())
                .query((row, _) -> row.getLong(1))
                .list());
    }

    private void add(CensusNight night, String rules, List<PlannedCall> calls) {
        jdbc.sql(Sql.named("plan/add"))
                .param("night", night.date())
                .param(
                        "endpoint_ids",
                        calls.stream().mapToLong(PlannedCall::endpointId).toArray())
                .param(
                        "positions",
                        calls.stream().mapToInt(PlannedCall::position).toArray())
                .param(
                        "addresses",
                        texts(
                                calls,
                                call -> Optional.of(call.endpoint().address().toString())))
                .param(
                        "prefixes",
                        texts(
                                calls,
                                call -> Optional.of(call.endpoint().address().prefix())))
                .param(
                        "providers",
                        texts(calls, call -> Optional.of(call.provider().key())))
                .param(
                        "provider_sources",
                        texts(
                                calls,
                                call -> Optional.of(call.provider().source().label())))
                .param("primaries", flags(calls, call -> Optional.of(call.isPrimary())))
                .param("implicits", flags(calls, call -> Optional.of(call.isImplicit())))
                .param("provider_rules", rules)
                .param("known", flags(calls, call -> Optional.of(call.isKnown())))
                .param("domains", calls.stream().mapToInt(PlannedCall::domains).toArray())
                .param("within", calls.stream().mapToInt(PlannedCall::within).toArray())
                .param("drawn", ids(calls, PlannedCall::drawnAs))
                .param("not_attempted", texts(calls, call -> call.notAttempted().map(NotAttempted::label)))
                .param("details", texts(calls, PlannedCall::detail))
                .param("donors", ids(calls, PlannedCall::donorId))
                .update();
    }

    static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Hostname(row.getString("name")), Address.of(row.getString("address")));
    }
}
