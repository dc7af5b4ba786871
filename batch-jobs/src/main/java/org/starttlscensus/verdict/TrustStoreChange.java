package org.starttlscensus.verdict;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What another trust store would change.
 *
 * @param added   subjects of the new roots, RFC 2253 text, in the new store's order
 * @param removed subjects of the roots that are gone, likewise in the old store's order
 * @param common  roots that both have
 */
public record TrustStoreChange(List<String> added, List<String> removed, int common) {

    public TrustStoreChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    public static TrustStoreChange between(TrustStore before, TrustStore after) {
        var common = new HashSet<>(before.anchors());
        common.retainAll(after.anchors());
        return new TrustStoreChange(except(after, common), except(before, common), common.size());
    }

    private static List<String> except(TrustStore store, Set<?> common) {
        return store.anchors().stream()
                .filter(root -> !common.contains(root))
                .map(root -> root.getSubjectX500Principal().getName())
                .toList();
    }
}
