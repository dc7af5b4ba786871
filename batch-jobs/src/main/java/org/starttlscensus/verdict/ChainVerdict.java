package org.starttlscensus.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The verdict on a chain, as one status and in parts. A weak key or signature is reported and never changes the status.
 *
 * @param status        the worst status that applies
 * @param chainOk       whether the chain leads to a trusted root without a flaw, dates aside
 * @param expired       whether a certificate of the path, or its root, has expired
 * @param notYetValid   whether a certificate of the path, or its root, is not yet valid
 * @param selfSigned    whether the server's certificate is signed with its own key
 * @param weakKey       on the path: RSA below 2,048 bits, EC below 224 bits, or DSA
 * @param weakSignature on the path: MD2, MD5 or SHA-1, except a root's signature of itself, which proves nothing
 * @param root          organisation of the root in our store to which the path leads, as the store spells it; empty if
 *                      none
 * @param reasons       explanations for people; may be empty
 */
public record ChainVerdict(
        ChainStatus status,
        boolean chainOk,
        boolean expired,
        boolean notYetValid,
        boolean selfSigned,
        boolean weakKey,
        boolean weakSignature,
        Optional<String> root,
        List<String> reasons) {

    public ChainVerdict {
        reasons = List.copyOf(reasons);
        if (chainOk && status.compareTo(ChainStatus.UNTRUSTED_ROOT) <= 0) {
            throw new IllegalArgumentException("a chain without a flaw cannot have the status " + status.label());
        }
    }

    ChainVerdict with(ChainStatus other, String reason) {
        return new ChainVerdict(
                other,
                chainOk,
                expired,
                notYetValid,
                selfSigned,
                weakKey,
                weakSignature,
                root,
                Stream.concat(reasons.stream(), Stream.of(reason)).toList());
    }

    /** The verdict where there is no path to judge. */
    static ChainVerdict without(ChainStatus status, String reason) {
        return new ChainVerdict(status, false, false, false, false, false, false, Optional.empty(), List.of(reason));
    }
}
