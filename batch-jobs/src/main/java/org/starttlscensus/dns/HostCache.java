package org.starttlscensus.dns;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;

/**
 * Each host is looked up once, by the thread that asks first; the others wait for its answer. Failures are remembered
 * like answers: a night asks once.
 *
 * <p>A waiting thread holds nothing that the one it waits for could need, so there is no deadlock. Nothing is forgotten;
 * a host with two addresses takes about 350 octets.
 */
final class HostCache {

    private final ConcurrentHashMap<Hostname, CompletableFuture<HostAddresses>> known = new ConcurrentHashMap<>();
    private final Function<Hostname, HostAddresses> lookUp;

    HostCache(Function<Hostname, HostAddresses> lookUp) {
        this.lookUp = lookUp;
    }

    HostAddresses get(Hostname host) {
        while (true) {
            var theirs = known.get(host);
            if (theirs == null) {
                var mine = new CompletableFuture<HostAddresses>();
                theirs = known.putIfAbsent(host, mine);
                if (theirs == null) return lookUp(host, mine);
            }
            try {
                return theirs.get();
            } catch (CancellationException otherThreadWasStopped) {
                // It took its entry away first, so the next round starts a look-up or finds a newer one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for the addresses of " + host);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the look-up of " + host + " broke", e.getCause());
            }
        }
    }

    private HostAddresses lookUp(Hostname host, CompletableFuture<HostAddresses> mine) {
        try {
            var addresses = lookUp.apply(host);
            mine.complete(addresses);
            return addresses;
        } catch (CancellationException stopped) {
            known.remove(host, mine);
            mine.cancel(false);
            throw stopped;
        } catch (RuntimeException | Error bug) {
            known.remove(host, mine);
            mine.completeExceptionally(bug);
            throw bug;
        }
    }
}
