package org.starttlscensus.job;

import java.time.Instant;
import java.util.function.Consumer;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.names.OptOutGate;

/** A caller that asks last, right before each call, whether whoever runs the server wants to be left out. */
record ClearedCaller(Caller caller, OptOutGate optOuts) implements Caller {

    @Override
    public Observation call(Permit permit, Consumer<Instant> dialled) {
        return caller.call(permit, dialled);
    }

    @Override
    public Clearance clearance(Permit permit) {
        var endpoint = permit.endpoint();
        return switch (optOuts.known()) {
            case OptOutGate.RegisterState.Unreadable() -> Clearance.UNKNOWN;
            case OptOutGate.RegisterState.Register(var register) ->
                register.has(endpoint.mxHost(), endpoint.address()) ? Clearance.OPTED_OUT : caller.clearance(permit);
        };
    }
}
