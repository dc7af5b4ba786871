package org.starttlscensus.lab;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All mail servers of a lab, on one port, because a census uses one port for all servers. */
final class LabServers implements AutoCloseable {

    private static final int PORTS_TO_TRY = 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<LabServer> servers = new ArrayList<>();
    private int port;

    private LabServers() {}

    static LabServers open(List<LabHost> hosts, LabAuthority authority, LabOptions settings, LabLog log)
            throws IOException {
        var all = new LabServers();
        var environment =
                new LabServer.LabEnvironment(authority, settings.patience(), settings.timeScale(), log, all.threads);
        Map<LabCompany, ConnectionThrottle> throttles = new HashMap<>();
        hosts.forEach(host -> all.servers.add(new LabServer(
                host,
                host.company()
                        .map(company -> throttles.computeIfAbsent(
                                company, it -> new ConnectionThrottle(it.policy(), settings.timeScale())))
                        .orElseGet(() -> new ConnectionThrottle(ThrottlePolicy.NONE, settings.timeScale())),
                environment)));
        try {
            all.bind();
        } catch (IOException impossible) {
            all.close();
            throw impossible;
        }
        return all;
    }

    int port() {
        return port;
    }

    void start() {
        servers.forEach(LabServer::start);
    }

    /** Takes a port that is free on the first address, and tries again if it is in use on another. */
    private void bind() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                port = 0;
                for (var server : servers) port = server.open(port);
                return;
            } catch (BindException taken) {
                servers.forEach(LabServer::stopListening);
                if (attempt == PORTS_TO_TRY) throw taken;
            }
        }
    }

    @Override
    public void close() {
        servers.forEach(LabServer::close);
        threads.close();
    }
}
