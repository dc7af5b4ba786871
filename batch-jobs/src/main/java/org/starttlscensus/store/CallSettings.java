package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Table {@code call_settings}: what calls were made with, each combination once. */
final class CallSettings {

    private final JdbcClient jdbc;

    CallSettings(Database database) {
        this.jdbc = database.jdbc();
    }

    void save(List<SeenCall> calls) {
        with(jdbc.sql(Sql.named("observation/add_call_settings")), calls).update();
    }

    /** The columns by which a statement finds the settings of these calls. */
    static JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement, List<SeenCall> calls) {
        return statement
                .param(
                        "questions",
                        Columns.texts(
                                calls,
                                call -> Optional.of(call.permit().probeKind().label())))
                .param(
                        "ehlo_names",
                        Columns.texts(
                                calls, call -> Optional.of(call.observation().ehloName())))
                .param("offer_ids", Columns.texts(calls, call -> offer(call.observation())))
                .param(
                        "source_addresses",
                        Columns.texts(calls, call -> call.observation().source().map(Address::toString)));
    }

    static Optional<String> offer(Observation seen) {
        return seen.tls().map(TlsSession::offerId).or(() -> seen.tlsFailure().flatMap(TlsFailure::offerId));
    }
}
