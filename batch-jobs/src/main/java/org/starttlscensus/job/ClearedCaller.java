package org.starttlscensus.job;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.names.OptOutGate;
import org.starttlscensus.names.OptOutRegister;
import org.starttlscensus.store.Outage;

/**
 * A caller that asks last, right before each call, whether whoever runs the server wants to be left out, or every domain
 * for whose sake it is called.
 */
record ClearedCaller(Caller caller, OptOutGate optOuts, LeftOutServers leftOut) implements Caller {

    @Override
    public Observation call(Permit permit, Consumer<Instant> dialled) {
        return caller.call(permit, dialled);
    }

    /**
     * While the plan is read again for those who opted out, somebody else may opt out. So the answer counts only if the
     * register is still the one that was asked.
     */
    @Override
    public Clearance clearance(Permit permit) {
        try {
            var asked = Optional.<OptOutRegister>empty();
            while (true) {
                switch (optOuts.known()) {
                    case OptOutGate.RegisterState.Unreadable() -> {
                        return Clearance.UNKNOWN;
                    }
                    case OptOutGate.RegisterState.Register(var register) -> {
                        if (asked.filter(last -> last == register).isPresent()) return caller.clearance(permit);
                        if (isOptedOut(permit, register)) return Clearance.OPTED_OUT;
                        asked = Optional.of(register);
                    }
                }
            }
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return Clearance.UNKNOWN;
        }
    }

    private boolean isOptedOut(Permit permit, OptOutRegister register) {
        var endpoint = permit.endpoint();
        return register.has(endpoint.mxHost(), endpoint.address()) || leftOut.has(permit.endpointId(), register);
    }
}
