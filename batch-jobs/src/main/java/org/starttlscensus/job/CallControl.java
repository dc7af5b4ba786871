package org.starttlscensus.job;

import java.util.Optional;
import org.starttlscensus.ledger.CallEngine;

/**
 * Requests to the call engine: by the operator, or because this process must end. Requests that come before there is
 * an engine are kept and passed on when it is attached. Thread-safe.
 */
public final class CallControl {

    private Optional<CallEngine> attached = Optional.empty();
    private boolean paused;
    private boolean windowClosed;
    private boolean cutShort;

    /** To be called before the engine starts. */
    public synchronized void attach(CallEngine engine) {
        attached = Optional.of(engine);
        engine.pause(paused);
        if (windowClosed) engine.closeWindow();
        if (cutShort) engine.cutShort();
    }

    synchronized void pause(boolean pause) {
        paused = pause;
        attached.ifPresent(engine -> engine.pause(pause));
    }

    synchronized void closeWindow() {
        windowClosed = true;
        attached.ifPresent(CallEngine::closeWindow);
    }

    synchronized void cutShort() {
        cutShort = true;
        attached.ifPresent(CallEngine::cutShort);
    }
}
