package org.starttlscensus.job;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/**
 * The servers of a lab, each with an MX host of its own, {@code mx.hN.test}, and a domain {@code dN.test}. The DNS is
 * given anew each night.
 */
record OptOutWorld(Path directory, Lab lab, List<Address> servers, Database database) implements AutoCloseable {

    static final int DOMAINS = 13;

    static OptOutWorld open(Path directory) throws Exception {
        var lab = Lab.open(LabOptions.in(directory.resolve("lab"))
                .withPopulation(LabPopulation.APART)
                .withTimeScale(0.001));
        var servers = lab.universe().endpoints().entrySet().stream()
                .filter(server -> server.getValue().expected().afterRetry().equals("starttls_ok"))
                .map(server -> server.getKey().address())
                .filter(address -> !address.isIpv6())
                .distinct()
                .limit(DOMAINS)
                .toList();
        if (servers.size() < DOMAINS) throw new AssertionError("the lab has only " + servers);
        return new OptOutWorld(directory, lab, servers, EmptyDatabase.in(directory.resolve("pg")));
    }

    /** Every domain leads to its own host, and each address has a PTR record. */
    LabZone.Builder zone() {
        var zone = LabZone.builder();
        for (int i = 0; i < DOMAINS; i++) {
            zone.mx("d" + i + ".test", 10, "mx.h" + i + ".test")
                    .address("mx.h" + i + ".test", servers.get(i).toString())
                    .pointer(reversed(i), "ptr" + i + ".test");
        }
        return zone;
    }

    /** Where the PTR record of a server is. */
    String reversed(int domain) {
        var octets = servers.get(domain).toString().split("\\.");
        return "%s.%s.%s.%s.in-addr.arpa".formatted(octets[3], octets[2], octets[1], octets[0]);
    }

    /** Runs a night over all domains with this DNS. Returns how many queries it took. */
    long run(CensusNight night, LabZone.Builder zone) throws Exception {
        return run(night, zone, Progress.SILENT);
    }

    long run(CensusNight night, LabZone.Builder zone, Progress progress) throws Exception {
        var list = directory.resolve("list.txt");
        var domains = new ArrayList<String>();
        for (int i = 0; i < DOMAINS; i++) domains.add("d" + i + ".test");
        Files.write(list, domains);
        try (var dns = LabDns.open(zone.build(), InetAddress.ofLiteral("127.0.0.1"), 0)) {
            var pairs = new ArrayList<String>();
            lab.settings().forEach((key, value) -> {
                switch (key) {
                    case "census.lists" -> pairs.add(key + "=" + list);
                    case "census.dns.resolvers" ->
                        pairs.add(key + "=127.0.0.1:" + dns.address().getPort());
                    default -> pairs.add(key + "=" + value);
                }
            });
            var nights =
                    new LabNights(directory, lab, database, SettingsReader.read(pairs, Optional.empty(), Map.of()));
            var request = nights.request(
                    night, RequestedLists.ofSettings(nights.settings().lists()), false);
            if (nights.run(request, progress) != NightRunner.NightResult.COMPLETED)
                throw new AssertionError(night + " is not over");
            return dns.queryCount();
        }
    }

    /** How often the server of a domain was called so far, as it saw it. */
    long connections(int domain) {
        return lab.log().sessions(servers.get(domain)).size();
    }

    @Override
    public void close() throws Exception {
        database.close();
        lab.close();
    }
}
