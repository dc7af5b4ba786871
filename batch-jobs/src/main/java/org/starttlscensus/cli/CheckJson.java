package org.starttlscensus.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.ondemand.CheckedDomain;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** A check for programs: the same facts, in the labels of the contract; null is unknown. */
final class CheckJson {

    private static final int MOST_OF_A_REPLY = 1_000;

    private CheckJson() {}

    static Map<String, @Nullable Object> of(CheckedDomain checked, List<MeasuredServer> servers, Answers answers) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("domain", checked.route().domain().ascii());
        all.put("night", checked.night().toString());
        all.put("route", checked.route().route().label());
        all.put("mx_hosts", checked.route().seen());
        all.put("starttls_any", answers.any().orElse(null));
        all.put("starttls_primary", answers.primary().orElse(null));
        all.put("starttls_all_reachable", answers.allReachable().orElse(null));
        all.put("answer", servers.isEmpty() ? null : CheckWords.answer(checked.route().domain().ascii(), answers));
        all.put("servers", servers.stream().map(CheckJson::of).toList());
        return all;
    }

    private static Map<String, @Nullable Object> of(MeasuredServer server) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("mx_host", server.server().endpoint().mxHost().toString());
        one.put("ip", server.server().endpoint().address().toString());
        one.put("preference", server.server().preference());
        tried(server.server().finding(), one);
        var seen = server.observation();
        var tls = seen.flatMap(Observation::tls);
        one.put("outcome", server.outcome().map(Outcome::label).orElse(null));
        one.put("meaning", server.outcome().map(OutcomeWords::of).orElse(null));
        one.put("starttls", server.starttls().orElse(null));
        one.put("to_do", server.outcome().isPresent() ? server.advice() : List.of());
        one.put("observed_at", seen.map(call -> call.startedAt().toString()).orElse(null));
        one.put("reply", seen.flatMap(Observation::lastReply).map(reply -> reply.raw().first(MOST_OF_A_REPLY).latin1()).orElse(null));
        one.put("tls_version", tls.map(session -> session.version().label()).orElse(null));
        one.put("cipher_suite", tls.map(TlsSession::cipherSuite).orElse(null));
        one.put("key_exchange_group", tls.flatMap(TlsSession::keyExchangeGroup).orElse(null));
        one.put("chain", server.chain().map(ChainStatus::label).orElse(null));
        one.put("name", server.name().map(NameMatch::label).orElse(null));
        return one;
    }

    private static void tried(Finding finding, Map<String, @Nullable Object> one) {
        switch (finding) {
            case Finding.Called _ -> one.put("source", "called");
            case Finding.Reused _ -> one.put("source", "reused");
            case Finding.NotMeasured(var notMeasuredReason, var _, var when) -> {
                one.put("source", "not_called");
                one.put("why_not", notMeasuredReason.label());
                one.put("not_before", when.map(Object::toString).orElse(null));
            }
        }
        one.put("tried", CheckWords.of(finding));
    }
}
