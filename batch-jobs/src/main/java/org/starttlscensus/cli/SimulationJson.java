package org.starttlscensus.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code census simulate --json}. */
record SimulationJson(
        String simulated,
        long serversToCall,
        long calls,
        double lengthSeconds,
        long windowSeconds,
        boolean fits,
        Map<String, Long> notCalled,
        long domainsWithoutAnswer,
        long hostsWithoutAnswer,
        int providersInAll,
        List<SimulatedProviderJson> providers,
        List<RotatingProviderJson> rotating) {

    /** What one provider would see of the night. */
    record SimulatedProviderJson(
            String provider,
            Optional<Long> servers,
            long calls,
            int peakOpen,
            Optional<Double> shortestGapSeconds,
            double doneAfterSeconds) {}

    /** A provider with more servers than one night can call. */
    record RotatingProviderJson(String provider, long servers, long toCall, int everyNights) {}
}
