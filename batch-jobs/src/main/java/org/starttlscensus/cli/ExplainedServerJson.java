package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.store.ExplainedServer;
import org.starttlscensus.verdict.ChainJudge;

/** One address of a mail host: plan, calls, verdict. */
record ExplainedServerJson(
        String ip,
        Optional<String> provider,
        Optional<String> charged,
        boolean planned,
        Optional<String> notAttempted,
        Optional<String> inheritsFrom,
        List<AttemptJson> attempts,
        Optional<ServerVerdictJson> verdict) {

    static ExplainedServerJson of(ExplainedServer server, Optional<ChainJudge> chains) {
        var plan = server.plan();
        return new ExplainedServerJson(
                server.endpoint().address().toString(),
                plan.map(ExplainedServer.Plan::provider),
                plan.map(one -> Charged.of(one.providerSource()).label()),
                plan.map(one -> one.notAttempted().isEmpty()).orElse(false),
                plan.flatMap(ExplainedServer.Plan::notAttempted).map(NotAttempted::label),
                plan.flatMap(ExplainedServer.Plan::donor),
                server.calls().stream()
                        .map(call -> AttemptJson.of(call, chains))
                        .toList(),
                server.verdict().map(ServerVerdictJson::of));
    }
}
