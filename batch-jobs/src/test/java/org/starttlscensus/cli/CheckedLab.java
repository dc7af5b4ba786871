package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.Session;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** The lab and an empty database, and the program with both. Half an hour of the limits is 18 s here. */
record CheckedLab(Path directory, Lab lab, Database database) implements AutoCloseable {

    static CheckedLab open(Path directory) throws Exception {
        return open(directory, 0.01);
    }

    /** With another scale of time: half an hour of the limits is 1,800 s multiplied with it. */
    static CheckedLab open(Path directory, double timeScale) throws Exception {
        var lab = Lab.open(
                LabOptions.in(directory.resolve("lab")).withPatience(0.1).withTimeScale(timeScale));
        return new CheckedLab(directory, lab, EmptyDatabase.in(directory.resolve("pg")));
    }

    Terminal census(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "census.database.directory=" + directory.resolve("pg")));
        lab.settings().forEach((key, value) -> {
            if (!key.equals("census.lists")) all.addAll(List.of("--set", key + "=" + value));
        });
        return Terminal.run(all.toArray(String[]::new));
    }

    /** A domain whose mail servers belong to this company of the lab. */
    String customerOf(String company, int number) {
        return lab.universe().domains().stream()
                .filter(domain -> domain.exchanges().stream()
                        .anyMatch(mx -> mx.host().ascii().endsWith("." + company)))
                .skip(number)
                .findFirst()
                .orElseThrow()
                .domain()
                .ascii();
    }

    Set<Address> addresses(String company) {
        return lab.universe().endpoints().keySet().stream()
                .filter(endpoint -> endpoint.mxHost().ascii().endsWith("." + company))
                .map(Endpoint::address)
                .collect(Collectors.toSet());
    }

    long connections(String company) {
        var addresses = addresses(company);
        return lab.log().sessions().stream()
                .map(Session::address)
                .filter(addresses::contains)
                .count();
    }

    long count(String question) {
        return PlannedNight.count(database, question);
    }

    void assertThatNoLimitWasBroken() {
        var busiest = lab.universe().endpoints().keySet().stream()
                .mapToInt(endpoint -> lab.log().peakOpen(endpoint.address()))
                .max();
        assertEquals(1, busiest.orElseThrow());
        var verbs = lab.log().sessions().stream()
                .filter(session -> session.tlsHandshake() != Session.TlsHandshake.BROKEN_BY_CLIENT)
                .flatMap(session -> session.commands().stream())
                .filter(command -> command.matches("[ -~]+"))
                .map(command -> command.split(" ")[0])
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(),
                verbs.stream()
                        .filter(verb ->
                                !Set.of("EHLO", "HELO", "STARTTLS", "QUIT").contains(verb))
                        .collect(Collectors.toSet()));
        assertEquals(0, count("SELECT count(*) FROM census.permit WHERE closed_at IS NULL"));
    }

    @Override
    public void close() throws Exception {
        database.close();
        lab.close();
    }
}
