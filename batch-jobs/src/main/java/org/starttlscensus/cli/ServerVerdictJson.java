package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.store.ExplainedServer;

/** What a night concluded of one server. */
record ServerVerdictJson(
        String outcome, Optional<Boolean> starttls, Optional<Boolean> usable, Optional<Integer> replyCode,
        Optional<String> enhancedCode, Optional<String> chain, boolean weak, Optional<String> name,
        Optional<Boolean> revoked, Optional<String> detail, List<String> flags, String methodVersion) {

    static ServerVerdictJson of(ExplainedServer.ExplainedServerVerdict explainedServerVerdict) {
        return new ServerVerdictJson(explainedServerVerdict.outcome(), explainedServerVerdict.starttls(), explainedServerVerdict.usable(), explainedServerVerdict.replyCode(),
                explainedServerVerdict.enhancedCode(), explainedServerVerdict.chain(), explainedServerVerdict.weak(), explainedServerVerdict.name(), explainedServerVerdict.revoked(),
                explainedServerVerdict.detail(), explainedServerVerdict.flags(), explainedServerVerdict.methodVersion());
    }
}
