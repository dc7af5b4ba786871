package org.starttlscensus.dns;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;

/**
 * Looks up each host once, in the first thread that asks for it; other threads wait for the result. Failures are cached
 * too, until they are forgotten.
 *
 * <p>Thread-safe. A waiting thread holds no resource that the look-up could need, so there is no deadlock. Nothing else
 * is evicted; a host with two addresses takes about 350 octets.
 */
final class HostCache {

    private final ConcurrentHashMap<Hostname, CompletableFuture<HostAddresses>> known = new ConcurrentHashMap<>();
    private final Function<Hostname, HostAddresses> lookUp;

    HostCache(Function<Hostname, HostAddresses> lookUp) {
        this.lookUp = lookUp;
    }

    HostAddresses get(Hostname host) {
        while (true) {
            var pending = known.get(host);
            if (pending == null) {
                var own = new CompletableFuture<HostAddresses>();
                pending = known.putIfAbsent(host, own);
                if (pending == null) return lookUp(host, own);
            }
            try {
                return pending.get();
            } catch (CancellationException otherThreadWasStopped) {
                // That thread removed its entry first, so the next iteration starts a look-up or finds a newer one.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for the addresses of " + host);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the look-up of " + host + " failed because of a bug", e.getCause());
            }
        }
    }

    /** Look-ups that are under way are not affected. */
    void forgetFailures() {
        known.values()
                .removeIf(pending -> pending.state() == Future.State.SUCCESS
                        && pending.resultNow().status().isFailure());
    }

    private HostAddresses lookUp(Hostname host, CompletableFuture<HostAddresses> own) {
        try {
            var addresses = lookUp.apply(host);
            own.complete(addresses);
            return addresses;
        } catch (CancellationException stopped) {
            known.remove(host, own);
            own.cancel(false);
            throw stopped;
        } catch (RuntimeException | Error bug) {
            known.remove(host, own);
            own.completeExceptionally(bug);
            throw bug;
        }
    }
}
