package org.starttlscensus.job;

import java.util.Optional;
import org.starttlscensus.ledger.CallEngine;

/**
 * What is wished of the calls, before they begin and while they are under way: by the operator, or because this process must end.
 * Thread-safe.
 */
public final class CallControl {

    private Optional<CallEngine> calls = Optional.empty();
    private boolean paused;
    private boolean windowClosed;
    private boolean cutShort;

    /** Calls begin, and heed what has been wished so far. */
    public synchronized void over(CallEngine engine) {
        calls = Optional.of(engine);
        engine.pause(paused);
        if (windowClosed) engine.closeWindow();
        if (cutShort) engine.cutShort();
    }

    synchronized void pause(boolean wished) {
        paused = wished;
        calls.ifPresent(engine -> engine.pause(wished));
    }

    synchronized void closeWindow() {
        windowClosed = true;
        calls.ifPresent(CallEngine::closeWindow);
    }

    synchronized void cutShort() {
        cutShort = true;
        calls.ifPresent(CallEngine::cutShort);
    }
}
