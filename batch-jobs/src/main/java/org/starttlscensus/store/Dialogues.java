package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;

/**
 * Tables {@code dialogue} and {@code raw_reply}: what servers said. What they say again each night is stored once; the
 * greeting, the reply to QUIT and incomplete replies, which often hold a time or a number, stand by call.
 */
final class Dialogues {

    private final JdbcClient jdbc;

    Dialogues(Database database) {
        this.jdbc = database.jdbc();
    }

    void save(CensusNight night, List<SeenCall> calls) {
        jdbc.sql(Sql.named("observation/add_dialogues"))
                .param("ehlos", replies(calls, Observation::ehlo))
                .param("helos", replies(calls, Observation::helo))
                .param("starttls", replies(calls, Observation::starttls))
                .param("after_tls", replies(calls, Observation::afterTls))
                .update();
        jdbc.sql(Sql.named("observation/add_raw_replies"))
                .param("night", night.date())
                .param(
                        "endpoint_ids",
                        calls.stream()
                                .mapToLong(call -> call.permit().endpointId())
                                .toArray())
                .param(
                        "attempts",
                        calls.stream().mapToInt(call -> call.permit().attempt()).toArray())
                .param("banners", replies(calls, Observation::banner))
                .param("quits", replies(calls, Observation::quitReply))
                .param(
                        "excerpts",
                        calls.stream()
                                .map(call -> call.observation().excerpt().toArray())
                                .toArray(byte[][]::new))
                .update();
    }

    static byte[][] replies(List<SeenCall> calls, Function<Observation, Optional<SmtpReply>> reply) {
        return calls.stream()
                .map(call -> reply.apply(call.observation())
                        .map(one -> one.raw().toArray())
                        .orElse(null))
                .toArray(byte[][]::new);
    }
}
