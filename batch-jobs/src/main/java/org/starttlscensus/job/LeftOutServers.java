package org.starttlscensus.job;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.names.OptOutRegister;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Plans;

/**
 * Planned servers that nobody needs any more, because every domain that leads to them has opted out. The register names
 * the domain, and not the server. So whenever it was read anew, they are left out of the plan: then no further permit is
 * committed, and a permit that was committed before is not used.
 */
@FunctionalInterface
interface LeftOutServers {

    /** Calls that somebody asks for, who names the domain: no plan says for whose sake they are made. */
    LeftOutServers NONE = (_, _) -> false;

    /** @param register as it is known now */
    boolean has(long endpointId, OptOutRegister register);

    /** Those of a night that runs. Thread-safe. */
    static LeftOutServers of(Database database, CensusNight night) {
        var plans = new Plans(database);
        return new LeftOutServers() {
            private @Nullable OptOutRegister seen;
            private Set<Long> leftOut = Set.of();

            @Override
            public synchronized boolean has(long endpointId, OptOutRegister register) {
                if (seen != register) { // a register that was read anew is another one
                    plans.leaveOutOptedOut(night);
                    leftOut = plans.optedOut(night);
                    seen = register;
                }
                return leftOut.contains(endpointId);
            }
        };
    }
}
