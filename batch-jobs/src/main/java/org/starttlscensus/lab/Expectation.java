package org.starttlscensus.lab;

import java.util.List;
import java.util.Optional;

/**
 * What a correct census must publish about a server, in the labels of docs/outcomes.md. An empty value means that the
 * lab expects nothing of that column.
 *
 * @param outcome    the outcome after one call
 * @param afterRetry the night's outcome after every further attempt of docs/outcomes.md, section 5
 * @param tlsVersion for example {@code TLSv1.3}
 * @param group      IANA name of the key exchange group
 * @param chain      the verdict on the chain, against the lab's trust store
 * @param name       the verdict on the name, against the host name called
 * @param flags      all flags after every further attempt, in order
 */
public record Expectation(
        String outcome,
        String afterRetry,
        Optional<String> tlsVersion,
        Optional<String> group,
        Optional<String> chain,
        Optional<String> name,
        List<String> flags) {

    private static final String FINISHED = "starttls_ok";

    static Expectation outcome(String outcome) {
        return new Expectation(
                outcome, outcome, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    static Expectation finished(String tlsVersion, String group, String chain, String name) {
        return new Expectation(
                FINISHED,
                FINISHED,
                Optional.of(tlsVersion),
                Optional.of(group),
                Optional.of(chain),
                Optional.of(name),
                List.of());
    }

    static Expectation good() {
        return finished("TLSv1.3", "x25519", "trusted", "match");
    }

    /** The same, but with this outcome after the first call. */
    Expectation atFirst(String first) {
        return new Expectation(first, afterRetry, tlsVersion, group, chain, name, flags);
    }

    Expectation flagged(String... all) {
        return new Expectation(outcome, afterRetry, tlsVersion, group, chain, name, List.of(all));
    }

    /** Whether the first call finishes a handshake and so shows the TLS values. */
    public boolean finishesAtOnce() {
        return outcome.equals(FINISHED);
    }
}
