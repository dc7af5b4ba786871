package org.starttlscensus.policy;

import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Octets;

/** What the text of a policy says. */
public sealed interface PolicyReading {

    /**
     * @param faults  at least one
     * @param lenient as in {@link ValidPolicy}; empty if it is invalid for such senders, too
     */
    record InvalidPolicy(Set<PolicyFault> faults, Optional<MtaStsPolicy> lenient) implements PolicyReading {

        public InvalidPolicy {
            faults = Set.copyOf(faults);
            if (faults.isEmpty()) throw new IllegalArgumentException("an invalid policy has a fault");
        }

        static InvalidPolicy of(PolicyFault fault) {
            return new InvalidPolicy(Set.of(fault), Optional.empty());
        }
    }

    /**
     * @param policy  as the RFC has it
     * @param lenient as senders read it who pass over lines of another form, and for whom the last of equal names
     *                counts; the same if that makes no valid policy
     */
    record ValidPolicy(MtaStsPolicy policy, MtaStsPolicy lenient) implements PolicyReading {}

    static PolicyReading of(Octets body) {
        return PolicyText.read(body);
    }
}
