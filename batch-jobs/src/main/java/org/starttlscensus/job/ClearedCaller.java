package org.starttlscensus.job;

import java.time.Instant;
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

    @Override
    public Clearance clearance(Permit permit) {
        return switch (optOuts.known()) {
            case OptOutGate.RegisterState.Unreadable() -> Clearance.UNKNOWN;
            case OptOutGate.RegisterState.Register(var register) -> clearance(permit, register);
        };
    }

    private Clearance clearance(Permit permit, OptOutRegister register) {
        var endpoint = permit.endpoint();
        try {
            return register.has(endpoint.mxHost(), endpoint.address()) || leftOut.has(permit.endpointId(), register)
                    ? Clearance.OPTED_OUT
                    : caller.clearance(permit);
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return Clearance.UNKNOWN;
        }
    }
}
