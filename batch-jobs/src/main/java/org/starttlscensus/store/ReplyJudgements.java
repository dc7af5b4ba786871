package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code reply_judgement}: what was decided when calls ended, each combination once. */
final class ReplyJudgements {

    private final JdbcClient jdbc;

    ReplyJudgements(Database database) {
        this.jdbc = database.jdbc();
    }

    void save(List<SeenCall> calls) {
        with(jdbc.sql(Sql.named("observation/add_reply_judgements")), calls).update();
    }

    /** The columns by which a statement finds the judgements of these calls. */
    static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, List<SeenCall> calls) {
        return statement
                .param(
                        "classes",
                        Columns.texts(
                                calls, call -> Optional.of(call.replyClass().label())))
                .param("rules", Columns.texts(calls, call -> Optional.of(call.rule())))
                .param("reply_codes", Columns.numbers(calls, SeenCall::replyCode));
    }
}
