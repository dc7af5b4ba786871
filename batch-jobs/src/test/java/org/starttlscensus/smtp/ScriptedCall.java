package org.starttlscensus.smtp;

import org.starttlscensus.fact.Observation;
import org.starttlscensus.smtp.ScriptedMailServer.Script;

/** One call to a {@link ScriptedMailServer}, from both sides. */
record ScriptedCall(Observation facts, ScriptedSession session) {

    /** Serves one call by this script. */
    static ScriptedCall of(Script script) throws Exception {
        try (var server = ScriptedMailServer.with(script)) {
            var facts = Calls.at(server);
            return new ScriptedCall(facts, server.session());
        }
    }
}
