package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.store.ExplainedServer;

/** The verdict of a night on one server. */
record ServerVerdictJson(
        String outcome,
        Optional<Boolean> starttls,
        Optional<Boolean> usable,
        Optional<Integer> replyCode,
        Optional<String> enhancedCode,
        Optional<String> chain,
        boolean weak,
        Optional<String> nameMatch,
        Optional<Boolean> revoked,
        Optional<String> detail,
        List<String> flags,
        String methodVersion) {

    static ServerVerdictJson of(ExplainedServer.ExplainedServerVerdict verdict) {
        return new ServerVerdictJson(
                verdict.outcome(),
                verdict.starttls(),
                verdict.usable(),
                verdict.replyCode(),
                verdict.enhancedCode(),
                verdict.chain(),
                verdict.weak(),
                verdict.nameMatch(),
                verdict.revoked(),
                verdict.detail(),
                verdict.flags(),
                verdict.methodVersion());
    }
}
