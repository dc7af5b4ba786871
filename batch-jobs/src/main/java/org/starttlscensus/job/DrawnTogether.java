package org.starttlscensus.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.fact.Hostname;

/**
 * Which hosts of a provider are drawn for the same night (docs/sampling.md): those that serve a domain together,
 * directly or by others. Else a domain would almost never be known as a whole, and a backup would be called on a night
 * on which its primary is not.
 *
 * <p>Where that would join more than {@value #MOST_TOGETHER} hosts, each of them is drawn alone. The result does not
 * depend on the order of the sets.
 */
final class DrawnTogether {

    static final int MOST_TOGETHER = 50;

    /** The parent of each host in its tree; one without an entry is alone. A root is the first of its tree by name. */
    private final Map<String, String> parents = new HashMap<>();

    private final Map<String, Integer> sizes = new HashMap<>();

    void add(List<Hostname> hosts) {
        hosts.forEach(host -> join(hosts.getFirst().ascii(), host.ascii()));
    }

    /** The name by which the host's night is drawn: that of the first host, by name, of those drawn together. */
    String unit(Hostname host) {
        var root = root(host.ascii());
        return sizes.getOrDefault(root, 1) > MOST_TOGETHER ? host.ascii() : root;
    }

    private void join(String one, String other) {
        var left = root(one);
        var right = root(other);
        if (left.equals(right)) return;
        var first = left.compareTo(right) < 0 ? left : right;
        var second = first.equals(left) ? right : left;
        parents.put(second, first);
        sizes.put(first, sizes.getOrDefault(first, 1) + sizes.getOrDefault(second, 1));
    }

    private String root(String host) {
        var root = host;
        for (var parent = parents.get(root); parent != null; parent = parents.get(root)) root = parent;
        // Shortens the way for the next call.
        for (var at = host; !at.equals(root); ) {
            var next = parents.put(at, root);
            at = next == null ? root : next;
        }
        return root;
    }
}
