package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dane.DaneStatus;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.OptOutChannel;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.job.Reassessment;
import org.starttlscensus.job.SecondOpinion;
import org.starttlscensus.names.NameFault;
import org.starttlscensus.ondemand.CheckedServer;
import org.starttlscensus.policy.MtaStsEffect;
import org.starttlscensus.policy.MtaStsMode;
import org.starttlscensus.policy.MtaStsStatus;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.preflight.PreflightCheck;
import org.starttlscensus.preflight.PreflightSeverity;
import org.starttlscensus.store.Measured;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.OutcomeFlag;

/** Each closed set of the document has the labels of its type, in their order. */
class JsonClosedSetsTest {

    @Test
    void theClosedSetsAreTheEnums() {
        var sets = new LinkedHashMap<String, List<String>>();
        sets.put("address status", labels(HostAddresses.Status.values(), HostAddresses.Status::label));
        sets.put("caveat", labels(Caveat.values(), Caveat::label));
        sets.put("chain", labels(ChainStatus.values(), ChainStatus::label));
        sets.put("channel", labels(OptOutChannel.values(), OptOutChannel::label));
        sets.put("charged", labels(Charged.values(), Charged::label));
        sets.put("class", labels(ReplyClass.values(), ReplyClass::label));
        sets.put("dane", labels(DaneStatus.values(), DaneStatus::label));
        sets.put("ending", labels(Ending.values(), Ending::label));
        sets.put("flag", labels(OutcomeFlag.values(), OutcomeFlag::label));
        sets.put("handshake message", labels(HandshakeMessage.values(), HandshakeMessage::label));
        sets.put("measured", labels(Measured.values(), Measured::label));
        sets.put("MTA-STS effect", labels(MtaStsEffect.values(), MtaStsEffect::label));
        sets.put("MTA-STS mode", labels(MtaStsMode.values(), MtaStsMode::label));
        sets.put("MTA-STS policy", List.of("valid", "policy_invalid"));
        sets.put("MTA-STS record", List.of("none", "record_invalid", "valid"));
        sets.put("MTA-STS step", labels(MtaStsStatus.values(), MtaStsStatus::label));
        sets.put("name match", labels(NameMatch.values(), NameMatch::label));
        sets.put("name fault", labels(NameFault.values(), NameFault::label));
        sets.put("night state", labels(NightProgress.NightState.values(), NightProgress.NightState::label));
        sets.put("outcome", labels(Outcome.values(), Outcome::label));
        sets.put("phase", labels(CallPhase.values(), CallPhase::label));
        sets.put("preflight check", labels(PreflightCheck.values(), PreflightCheck::label));
        var overrides = OperatorOverride.OverrideKind.values();
        sets.put("provider request", labels(overrides, OperatorOverride.OverrideKind::label));
        sets.put("provider state", List.of("called", "suspended", "left_alone", "paused"));
        sets.put("question", labels(ProbeKind.values(), ProbeKind::label));
        sets.put("reason", labels(CheckedServer.NotMeasuredReason.values(), CheckedServer.NotMeasuredReason::label));
        sets.put("request", labels(RunRequests.Request.values(), RunRequests.Request::label));
        sets.put("rechecked row", labels(SecondOpinion.RowState.values(), SecondOpinion.RowState::label));
        sets.put("route", labels(Route.values(), Route::label));
        sets.put("severity", labels(PreflightSeverity.values(), PreflightSeverity::label));
        sets.put("short answer", labels(ShortAnswer.values(), ShortAnswer::label));
        sets.put("skip reason", labels(Reassessment.SkipReason.values(), Reassessment.SkipReason::label));
        sets.put("source", List.of("called", "reused", "not_called"));
        sets.put("TLS failure", labels(TlsFailure.Detail.values(), TlsFailure.Detail::label));
        sets.put("TLS version", labels(TlsVersion.values(), TlsVersion::label));
        assertEquals(table(sets), table(JsonDocument.READ.sets()));
    }

    private static <E> List<String> labels(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).toList();
    }

    private static String table(Map<String, List<String>> sets) {
        var table = new StringBuilder();
        sets.forEach((name, values) -> table.append("| %s | `%s` |%n".formatted(name, String.join("`, `", values))));
        return table.toString();
    }
}
