package org.starttlscensus.lab;

import java.util.List;
import java.util.Optional;

/**
 * What an honest census must publish about a server, in the words of docs/outcomes.md. Where a value is empty the lab
 * promises nothing about that column.
 *
 * @param outcome    after one call
 * @param afterRetry the night's outcome once every later look of docs/outcomes.md, section 5, was taken
 * @param tlsVersion for example {@code TLSv1.3}
 * @param group      IANA name of the key exchange group
 * @param chain      against the lab's trust store
 * @param name       against the host name called
 * @param flags      all of them, after every later look, in order
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

    /** One call shows this; a later one shows more. */
    Expectation atFirst(String first) {
        return new Expectation(first, afterRetry, tlsVersion, group, chain, name, flags);
    }

    Expectation flagged(String... all) {
        return new Expectation(outcome, afterRetry, tlsVersion, group, chain, name, List.of(all));
    }

    /** Whether one call is enough to see the TLS values. */
    public boolean finishesAtOnce() {
        return outcome.equals(FINISHED);
    }
}
