package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.dns.ResolverFixture.open;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabZone;

/** Thousands of domains at once, as in a night. */
class MailResolverLoadIT {

    @Nested
    class ManyDomainsAtOnce {

        @Test
        void queryEachNameAndTypeOnceWithinTheLimit() throws Exception {
            var zone = LabZone.builder().latency(Duration.ofMillis(5));
            var domains = IntStream.range(0, 2_000)
                    .mapToObj(i -> new MailDomain("d" + i + ".test"))
                    .toList();
            domains.forEach(domain -> {
                zone.mx(domain.ascii(), 10, "mx1.provider.test").mx(domain.ascii(), 20, "mx2.provider.test");
            });
            zone.address("mx1.provider.test", "192.0.2.1").address("mx2.provider.test", "192.0.2.2", "2001:db8::2");
            try (var lab = open(zone);
                    var resolver = new MailResolver(
                            new ResolverSettings(List.of(lab.address()), Duration.ofSeconds(20), 2, 40))) {
                var routes = together(domains, resolver::route);
                assertTrue(routes.stream()
                        .allMatch(route ->
                                route.route() == Route.MX && route.hosts().size() == 2));
                assertEquals(1, lab.mostQueriesOfOneName());
                assertEquals(2_004, lab.queryCount());
                assertEquals(2_004, resolver.queries());
                assertTrue(lab.peakConcurrentQueries() <= 40, () -> lab.peakConcurrentQueries() + " under way");
                assertTrue(
                        lab.peakConcurrentQueries() >= 20, () -> "only " + lab.peakConcurrentQueries() + " under way");
            }
        }

        @Test
        void areResolvedAtThousandsPerSecond() throws Exception {
            var zone = LabZone.builder();
            var domains = IntStream.range(0, 10_000)
                    .mapToObj(i -> new MailDomain("d" + i + ".test"))
                    .toList();
            domains.forEach(
                    domain -> zone.mx(domain.ascii(), 10, "mx." + domain).address("mx." + domain, "192.0.2.1"));
            try (var lab = open(zone);
                    var resolver = new MailResolver(
                            new ResolverSettings(List.of(lab.address()), Duration.ofSeconds(20), 2, 100))) {
                var start = System.nanoTime();
                var routes = together(domains, resolver::route);
                var seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%,d queries in %.1f s: %,.0f a second%n",
                        resolver.queries(), seconds, resolver.queries() / seconds);
                assertTrue(routes.stream().allMatch(route -> route.route() == Route.MX));
                assertEquals(30_000, lab.queryCount());
            }
        }

        private static <T, R> List<R> together(List<T> inputs, Function<T, R> work) throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var futures = inputs.stream()
                        .map(input -> threads.submit(() -> work.apply(input)))
                        .toList();
                return futures.stream().map(MailResolverLoadIT::joined).toList();
            }
        }
    }

    private static <R> R joined(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
