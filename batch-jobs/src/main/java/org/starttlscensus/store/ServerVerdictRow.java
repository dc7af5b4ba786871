package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Octets;

/**
 * One row of {@code assessed_server}: the verdict on one endpoint in one night, in the labels of docs/outcomes.md.
 *
 * @param chain      one value by precedence, and its booleans; empty if no handshake finished
 * @param chainWithKnownIntermediates the chain's value if intermediates of other servers are used too
 * @param nameMatch  whether the certificate names the mail host
 * @param revoked    whether the server's own certificate is revoked, by its stapled OCSP response; empty: unknown
 * @param attempts   calls made tonight
 * @param observedAt when the deciding call started
 */
public record ServerVerdictRow(
        long endpointId,
        String outcome,
        Optional<Boolean> starttls,
        Optional<Boolean> usable,
        Optional<Integer> replyCode,
        Optional<String> enhancedCode,
        Optional<Long> tlsProfileId,
        Optional<Octets> leafSha256,
        Optional<Chain> chain,
        Optional<String> chainWithKnownIntermediates,
        Optional<String> nameMatch,
        Optional<Boolean> revoked,
        int attempts,
        Optional<Instant> observedAt,
        Optional<String> detail,
        List<String> flags) {

    /** The verdict on a chain. */
    public record Chain(
            String status,
            boolean chainOk,
            boolean expired,
            boolean notYetValid,
            boolean selfSigned,
            boolean weakKey,
            boolean weakSignature) {}
}
