package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.starttlscensus.dispatch.ProviderLoad;
import org.starttlscensus.dispatch.Simulation;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.ledger.Forecast;
import org.starttlscensus.store.Forecasts.PlannedProvider;

/** The result of a simulation, as text and as JSON. */
record SimulatedNight(
        String what,
        long toCall,
        Duration window,
        Simulation.SimulationResult simulationResult,
        Map<String, PlannedProvider> planned,
        FailedLookupCounts failed) {

    static SimulatedNight of(
            String what, Forecast forecast, Duration window, List<PlannedProvider> planned, FailedLookupCounts failed) {
        var toCall = forecast.toCall();
        var byName = new TreeMap<String, PlannedProvider>();
        planned.forEach(provider -> byName.put(provider.provider(), provider));
        return new SimulatedNight(what, toCall, window, forecast.run(window), byName, failed);
    }

    private record Row(String provider, ProviderLoad view) {}

    private List<Row> busiest(int top) {
        return simulationResult.loads().entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong((Row row) -> row.view().calls())
                        .reversed()
                        .thenComparing(Row::provider))
                .limit(top)
                .toList();
    }

    /** Providers with more servers than one night can call, those whose servers wait longest first. */
    private List<PlannedProvider> rotating(int top) {
        return planned.values().stream()
                .filter(provider -> provider.within() > 1)
                .sorted(Comparator.comparingInt(PlannedProvider::within)
                        .reversed()
                        .thenComparing(PlannedProvider::provider))
                .limit(top)
                .toList();
    }

    private Map<NotAttempted, Long> notCalled() {
        var counted = new TreeMap<NotAttempted, Long>();
        simulationResult.notCalled().values().forEach(why -> counted.merge(why.reason(), 1L, Long::sum));
        return counted;
    }

    /** Whether all of a night that is planned as it would be fits into the window. */
    private boolean fits() {
        return notCalled().isEmpty() && failed.leaveAPlan();
    }

    void print(PrintWriter out, int top) {
        out.printf("Simulated: %s. No server was called.%n%n", what);
        failed.words().ifPresent(words -> out.printf("%s%n%n", words));
        out.printf(
                "  %s to call, %s, over after %s",
                Counted.of(toCall, "server"),
                Counted.of(simulationResult.calls(), "call"),
                Durations.of(simulationResult.length()));
        out.printf(" (calls may start for %s)%n", Durations.of(window));
        if (fits()) out.println("  All planned servers are called.");
        notCalled()
                .forEach((why, servers) ->
                        out.printf("  %s %s%n", Counted.of(servers, "server is", "servers are"), CallWords.of(why)));
        if (simulationResult.loads().isEmpty()) return;
        out.printf(
                "%n  %-36s %9s %9s %10s %12s %14s%n",
                "provider", "servers", "calls", "peak open", "shortest gap", "done after");
        busiest(top)
                .forEach(row -> out.printf(
                        "  %-36s %9s %,9d %10d %12s %14s%n",
                        Printable.line(row.provider()),
                        planned.containsKey(row.provider())
                                ? "%,d".formatted(planned.get(row.provider()).servers())
                                : "",
                        row.view().calls(),
                        row.view().peakOpen(),
                        row.view().shortestGap().map(Durations::of).orElse(""),
                        Durations.of(Forecast.sinceOpening(row.view().lastEnd()))));
        if (simulationResult.loads().size() > top)
            out.printf("  and %,d more%n", simulationResult.loads().size() - top);
        if (rotating(top).isEmpty()) return;
        out.printf("%nProviders with more servers than one night can call; each night calls some of them:%n");
        rotating(top)
                .forEach(provider -> out.printf(
                        "  %-36s %,9d servers, each once in %d nights%n",
                        Printable.line(provider.provider()), provider.servers(), provider.within()));
    }

    SimulationJson asJson(int top) {
        return new SimulationJson(
                what,
                toCall,
                simulationResult.calls(),
                seconds(simulationResult.length()),
                window.toSeconds(),
                fits(),
                labels(notCalled()),
                failed.domains(),
                failed.hosts(),
                simulationResult.loads().size(),
                busiest(top).stream().map(this::provider).toList(),
                rotating(top).stream().map(SimulatedNight::rotating).toList());
    }

    private static Map<String, Long> labels(Map<NotAttempted, Long> counted) {
        var labels = new TreeMap<String, Long>();
        counted.forEach((why, servers) -> labels.put(why.label(), servers));
        return labels;
    }

    private SimulationJson.SimulatedProviderJson provider(Row row) {
        return new SimulationJson.SimulatedProviderJson(
                row.provider(),
                Optional.ofNullable(planned.get(row.provider())).map(PlannedProvider::servers),
                row.view().calls(),
                row.view().peakOpen(),
                row.view().shortestGap().map(SimulatedNight::seconds),
                seconds(Forecast.sinceOpening(row.view().lastEnd())));
    }

    private static SimulationJson.RotatingProviderJson rotating(PlannedProvider provider) {
        return new SimulationJson.RotatingProviderJson(
                provider.provider(), provider.servers(), provider.toCall(), provider.within());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }
}
