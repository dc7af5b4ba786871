package org.starttlscensus.policy;

import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

/** Any octets as a policy: reading them throws nothing, and what a strict sender covers, a lenient one covers, too. */
public final class PolicyFuzz {

    private static final Hostname HOST = new Hostname("mx.example.org");

    private PolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var body = Octets.of(input);
        PolicyMediaType.isRight(body.latin1());
        switch (PolicyReading.of(body)) {
            case PolicyReading.InvalidPolicy(var faults, var lenient) -> {
                faults.forEach(PolicyFault::words);
                lenient.ifPresent(policy -> policy.covers(HOST));
            }
            case PolicyReading.ValidPolicy(var policy, var lenient) -> {
                if (policy.covers(HOST) && !lenient.coversAnyDepth(HOST)) {
                    throw new AssertionError("a lenient sender covers less");
                }
                if (!policy.patterns().equals(lenient.patterns())) throw new AssertionError("a pattern is lost");
            }
        }
    }
}
