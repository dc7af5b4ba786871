package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.NightStatus;

/** A whole night from two source addresses on loopback, one of them new, as the servers saw it. */
class TwoSourcesIT {

    private static final String NEW = "127.0.0.11";
    private static final String ESTABLISHED = "127.0.0.12";

    @TempDir
    Path directory;

    @Test
    void eachServerSeesOneOfThemWithItsOwnName() throws Exception {
        try (var lab = Lab.open(LabOptions.in(directory.resolve("lab"))
                        .withNetwork("127.58")
                        .withPopulation(LabPopulation.APART)
                        .withTimeScale(0.002));
                var database = EmptyDatabase.in(directory.resolve("pg"))) {
            var pairs = new ArrayList<String>();
            lab.settings().forEach((key, value) -> {
                if (!key.equals("census.smtp.ehlo-name")) pairs.add(key + "=" + value);
            });
            pairs.add("census.source-addresses=%s=new.census.test,%s=old.census.test=established"
                    .formatted(NEW, ESTABLISHED));
            var nights =
                    new LabNights(directory, lab, database, SettingsReader.read(pairs, Optional.empty(), Map.of()));
            var request = new NightRequest(
                    LabNights.FIRST,
                    nights.settings().lists(),
                    directory.resolve("published"),
                    ListTolerance.ORDINARY,
                    OptionalInt.empty(),
                    false);
            assertEquals(NightRunner.NightResult.COMPLETED, nights.run(request, Progress.SILENT));

            var sessions = lab.log().sessions();
            assertEquals(Map.of(NEW, "[new.census.test]", ESTABLISHED, "[old.census.test]"), names(sessions));
            var sources = sessions.stream()
                    .collect(Collectors.groupingBy(
                            Session::address, Collectors.mapping(Session::client, Collectors.toSet())));
            assertEquals(
                    List.of(),
                    sources.entrySet().stream()
                            .filter(server -> server.getValue().size() > 1)
                            .toList());
            var byServer = sources.values().stream()
                    .collect(
                            Collectors.groupingBy(seen -> seen.iterator().next().toString(), Collectors.counting()));
            assertTrue(Math.abs(byServer.get(NEW) - byServer.get(ESTABLISHED)) <= 20, byServer::toString);

            assertEquals(Map.of(), nights.pairs("""
                            SELECT permit.permit_id, permit.source::text || ' ' || call_settings.source_address::text
                            FROM census.permit
                            JOIN census.observation USING (night, endpoint_id, attempt)
                            JOIN census.call_settings USING (call_settings_id)
                            WHERE call_settings.source_address IS NOT NULL
                              AND permit.source IS DISTINCT FROM call_settings.source_address"""), "the observation has the source of its permit");
            assertEquals(
                    List.of(NEW, ESTABLISHED),
                    new NightStatus(database)
                            .sources(LabNights.FIRST).stream()
                                    .map(NightStatus.SourceCalls::source)
                                    .toList());
            assertEquals(
                    nights.pairs(
                            "SELECT host(source), count(*) FROM census.permit WHERE reception = 'welcomed' GROUP BY source"),
                    nights.pairs("SELECT host(address), welcomed FROM census.source_night"));
            assertEquals(
                    OptionalInt.of(1_000),
                    WarmUp.sources(database, CensusNight.of("2099-01-01"), nights.settings())
                            .getFirst()
                            .perNight(),
                    "a night of few calls allows no more in the next");
            assertTrue(!nights.pairs("SELECT DISTINCT host(source), '' FROM pub.handshake")
                    .isEmpty());
        }
    }

    private static Map<String, String> names(List<Session> sessions) {
        var names = new TreeMap<String, TreeSet<String>>();
        for (var session : sessions) {
            session.commands().stream()
                    .filter(command -> command.matches("(EHLO|HELO) [ -~]*"))
                    .forEach(command -> names.computeIfAbsent(session.client().toString(), _ -> new TreeSet<>())
                            .add(command.substring(5)));
        }
        return names.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, name -> name.getValue().toString()));
    }
}
