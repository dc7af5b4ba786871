package org.starttlscensus.store;

import java.util.Optional;

/**
 * What a night says of a server, of all that another look may put right, in the labels of docs/outcomes.md.
 *
 * @param chain     empty if no handshake finished
 * @param nameMatch whether the certificate names the mail host
 */
public record PublishedVerdict(String outcome, Optional<String> chain, Optional<String> nameMatch) {

    public static PublishedVerdict of(ServerVerdictRow row) {
        return new PublishedVerdict(row.outcome(), row.chain().map(ServerVerdictRow.Chain::status), row.nameMatch());
    }
}
