package org.starttlscensus.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.Sink;
import org.starttlscensus.UnreachableNetwork;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.names.Network;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.probe.ProbeSettings;
import org.starttlscensus.probe.Prober;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.Nights;
import org.starttlscensus.tls.HandshakeLimits;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.tls.TlsClient;

/**
 * Nights in an {@link UnreachableNetwork}: four of five servers answer; for the others a router answers, by ICMP of
 * every kind, each in a network of its own. Ledger, dispatcher, engine and store are the real ones.
 */
final class UnreachableNight {

    /** The codes that the routers send, of ICMP type 3 and of ICMPv6 type 1. */
    private static final int[] IPV4 = {1, 2, 3, 5, 9, 10, 13};

    private static final int[] IPV6 = {0, 1, 2, 3, 4, 5, 6};
    private static final int EVERY = 5;
    private static final CensusNight FIRST = CensusNight.of("2030-01-01");
    private static final MaxCallDuration WHOLE_CALL = new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7));

    private final InstantSource clock;
    private final Database database;
    private final Prober prober;
    private final Limits limits;
    private final Optional<Address> source;
    private final int providers;

    /** @param providers how many have those that cannot be reached; 0: each its own */
    private UnreachableNight(Database database, int port, double timeScale, int providers, Optional<Address> source) {
        this.database = database;
        this.clock = MonotonicClock.of(database);
        this.source = source;
        this.providers = providers;
        this.limits = Limits.CEILINGS.scaled(timeScale);
        var gate = AddressGate.only(List.of(Network.of("127.64.0.0/10"), Network.of("fd00::/16")));
        this.prober = new Prober(
                new ProbeSettings(
                        port, source, "bench.census.test", Deadlines.ordinary(), ReplyClassifier::mayNotKnowEhlo),
                gate,
                new TlsClient(Offer.standard(), HandshakeLimits.contract()),
                clock);
    }

    /**
     * Prints of each night which one it is, seconds until the servers that answer were called and stored, then what
     * else was seen.
     *
     * @param arguments a directory, how many servers, the time scale, how many nights with and without those that
     *                  cannot be reached, how many providers these have (0: each its own, and the night goes on until
     *                  nobody is left; else it ends with the last of the others), and perhaps the address to call from
     */
    public static void main(String[] arguments) throws Exception {
        var servers = Integer.parseInt(arguments[1]);
        try (var sink = Sink.start(Duration.ZERO);
                var database = EmptyDatabase.in(Path.of(arguments[0]))) {
            var nights = new UnreachableNight(
                    database,
                    sink.port(),
                    Double.parseDouble(arguments[2]),
                    Integer.parseInt(arguments[4]),
                    arguments.length > 5 ? Optional.of(Address.of(arguments[5])) : Optional.empty());
            nights.night("warm-up", FIRST, servers, false);
            for (int round = 1; round <= Integer.parseInt(arguments[3]); round++) {
                nights.night("alone", new CensusNight(FIRST.date().plusDays(2L * round)), servers, false);
                nights.night("beside", new CensusNight(FIRST.date().plusDays(2L * round + 1)), servers, true);
            }
        }
    }

    private void night(String which, CensusNight night, int servers, boolean withUnreachable)
            throws InterruptedException {
        PlannedNight.in(database, night, servers, 4);
        if (withUnreachable) moveAway(night, servers);
        else
            jdbc().sql("DELETE FROM census.planned_call WHERE night = :night AND endpoint_id % :every = 0")
                    .param("night", night.date())
                    .param("every", EVERY)
                    .update();
        var seconds = call(night, servers - servers / EVERY);
        System.out.printf("%s\t%.3f\t%s%n", which, seconds, told(night));
    }

    /** Gives one server in five an address behind a router that rejects our packets. */
    private void moveAway(CensusNight night, int servers) {
        for (int i = 1; i <= servers / EVERY; i++) {
            var kind = i % (IPV4.length + IPV6.length);
            var address = Address.of(
                    kind < IPV4.length
                            ? UnreachableNetwork.ipv4(i, IPV4[kind], i)
                            : UnreachableNetwork.ipv6(i, IPV6[kind - IPV4.length], i));
            jdbc().sql("UPDATE census.endpoint SET address = :address::inet WHERE endpoint_id = :id")
                    .param("address", address.toString())
                    .param("id", i * EVERY)
                    .update();
            jdbc().sql("""
                    UPDATE census.planned_call
                    SET address = :address::inet, prefix = :prefix::cidr, provider = :provider
                    WHERE night = :night AND endpoint_id = :id""")
                    .param("address", address.toString())
                    .param("prefix", address.prefix())
                    .param("provider", providers == 0 ? "net:" + address.prefix() : "wall" + i % providers + ".test")
                    .param("night", night.date())
                    .param("id", i * EVERY)
                    .update();
        }
    }

    /** @return seconds until so many calls were completed and stored */
    private double call(CensusNight night, int answering) throws InterruptedException {
        var began = System.nanoTime();
        double seconds = Double.NaN;
        var ledger = Ledger.open(
                database,
                new Nights(database).takeOver(night),
                source.map(CallSource::established).map(List::of).orElse(CallSource.CHOSEN_BY_SYSTEM),
                limits,
                WHOLE_CALL);
        Caller caller = (permit, dialled) -> prober.call(permit.endpoint(), permit.dialBefore(), dialled);
        var writer = new PostgresCallResultStore(database, night, clock);
        try (var engine = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, writer, clock)) {
            engine.start();
            long completed = 0;
            for (var batch = engine.stored(); batch.isPresent(); batch = engine.stored()) {
                completed += batch.get().stream()
                        .map(FinishedCall::observation)
                        .filter(seen -> seen.ending() == Ending.COMPLETED)
                        .count();
                if (completed == answering && Double.isNaN(seconds)) {
                    seconds = (System.nanoTime() - began) / 1e9;
                    if (providers > 0) engine.stop();
                }
            }
        }
        return seconds;
    }

    private String told(CensusNight night) {
        return jdbc().sql("""
                WITH called AS (
                    SELECT endpoint_id, ending, reception,
                           count(*) OVER (PARTITION BY endpoint_id) AS of_endpoint,
                           count(*) OVER (PARTITION BY endpoint.address) AS of_address
                    FROM census.observation
                    JOIN census.permit USING (night, endpoint_id, attempt)
                    JOIN census.endpoint USING (endpoint_id)
                    WHERE night = :night)
                SELECT concat_ws(' ', ending, coalesce(reception, '-'), count(DISTINCT endpoint_id),
                                 max(of_endpoint), max(of_address))
                FROM called GROUP BY ending, reception ORDER BY ending::text, reception\
                """).param("night", night.date()).query(String.class).list().stream()
                .collect(Collectors.joining("; "));
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(database.dataSource());
    }
}
