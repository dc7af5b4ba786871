package org.starttlscensus.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Octets;

/**
 * A simulated internet for mail on loopback: domains, their DNS, their mail servers, and a CA. It uses real sockets and
 * real protocols, needs no privileges, and sends no packet outside this machine.
 *
 * <pre>
 * LabUniverse ──▶ LabZone ──▶ LabDns        127.20.0.53, one port
 *      │     └──▶ LabLists                  ranked.csv, panel.txt.gz
 *      ▼
 * LabHost ──▶ LabServer ──▶ LabSession      127.20.x.y, one port for all, as the census uses one port
 *    ServerBehavior ──▶ Script  │
 *               LabAuthority ───┘──▶ LabLog the sessions as the servers saw them
 * </pre>
 */
public final class Lab implements AutoCloseable {

    static final String EHLO_NAME = "probe.census.test";

    private final LabOptions settings;
    private final LabUniverse universe;
    private final LabLog log;
    private final List<LabList> lists;
    private final Path trustStore;
    /** Each lab makes its own root, so each gets a name of its own for its trust store. */
    private final String trustStoreName;

    private final LabServers servers;
    private final LabDns dns;

    private Lab(LabOptions settings) throws IOException {
        this.settings = settings;
        this.universe = LabUniverse.in(settings.network(), settings.population());
        var directory = Files.createDirectories(settings.directory()).toAbsolutePath();
        var authority = new LabAuthority(Instant.now());
        this.trustStore = Files.writeString(directory.resolve("trust-store.pem"), authority.pem());
        this.trustStoreName = LocalDate.now(ZoneOffset.UTC) + " "
                + Octets.of(authority.pem()).sha256().hex().substring(0, 8);
        this.lists =
                List.of(LabLists.ranked(universe.domains(), directory), LabLists.panel(universe.domains(), directory));
        this.log = new LabLog();
        this.servers = LabServers.open(universe.hosts(), authority, settings, log);
        this.dns = openDns();
        servers.start();
    }

    private LabDns openDns() throws IOException {
        try {
            return LabDns.open(universe.zone(), InetAddress.ofLiteral(settings.network() + ".0.53"), 0);
        } catch (IOException taken) {
            servers.close();
            throw taken;
        }
    }

    /** Opens a lab with the default options. */
    public static Lab open(Path directory) throws IOException {
        return open(LabOptions.in(directory));
    }

    /** Opens a lab. When this returns, every server is bound and accepts connections. */
    public static Lab open(LabOptions settings) throws IOException {
        return new Lab(settings);
    }

    /** The settings for a census that measures this lab. */
    public Map<String, String> settings() {
        var census = new LinkedHashMap<String, String>();
        census.put("census.lab.networks", settings.network() + ".0.0/16");
        census.put("census.lab.time-scale", Double.toString(settings.timeScale()));
        census.put("census.lab.patience-scale", Double.toString(settings.patience()));
        census.put(
                "census.dns.resolvers",
                dns.address().getAddress().getHostAddress() + ":"
                        + dns.address().getPort());
        census.put("census.smtp.port", Integer.toString(servers.port()));
        census.put("census.smtp.ehlo-name", EHLO_NAME);
        census.put("census.lists", lists().stream().map(Path::toString).collect(Collectors.joining(",")));
        census.put("census.tls.trust-store", trustStore.toString());
        census.put("census.tls.trust-store-name", "STARTTLS Census lab " + trustStoreName);
        return Collections.unmodifiableMap(census);
    }

    public List<Path> lists() {
        return lists.stream().map(LabList::file).toList();
    }

    public List<LabList> labLists() {
        return lists;
    }

    public LabUniverse universe() {
        return universe;
    }

    public LabLog log() {
        return log;
    }

    public LabDns dns() {
        return dns;
    }

    /** Closes every connection; no socket and no thread is left. */
    @Override
    public void close() throws IOException {
        servers.close();
        dns.close();
    }
}
