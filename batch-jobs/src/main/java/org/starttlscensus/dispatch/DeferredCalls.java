package org.starttlscensus.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Calls of providers that are paused by the operator, or excluded for the rest of the night. Resuming the provider
 * returns them.
 */
final class DeferredCalls {

    private final Set<String> paused = new HashSet<>();
    private final Map<String, List<Call>> calls = new HashMap<>();

    void pause(String provider) {
        paused.add(provider);
    }

    boolean isPaused(Call call) {
        return paused.contains(call.provider());
    }

    void add(Call call) {
        calls.computeIfAbsent(call.provider(), _ -> new ArrayList<>()).add(call);
    }

    /**
     * The calls of this provider, and those of others that nothing keeps back any more: an address may have names of
     * several providers.
     */
    List<Call> resume(String provider, Predicate<Call> isFree) {
        paused.remove(provider);
        var back = new ArrayList<Call>();
        calls.forEach((name, waiting) -> {
            if (paused.contains(name)) return;
            var left = new ArrayList<Call>();
            waiting.forEach(call -> (name.equals(provider) || isFree.test(call) ? back : left).add(call));
            waiting.clear();
            waiting.addAll(left);
        });
        return back;
    }

    /** The calls of paused providers. */
    Stream<Call> waiting() {
        return paused.stream().flatMap(provider -> calls.getOrDefault(provider, List.of()).stream());
    }
}
