package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsTraits;
import org.starttlscensus.fact.TlsVersion;

/** Reads a row of {@code observation}, joined with its dialogue, replies, profile and chain, back into an {@link Observation}. */
final class ObservationRow {

    private ObservationRow() {}

    static Observation read(ResultSet row, Endpoint endpoint) throws SQLException {
        var shown = session(row);
        var finished = !row.getBoolean("tls_unfinished");
        return new Observation(
                endpoint,
                Optional.ofNullable(row.getString("source_address")).map(Address::of),
                row.getString("ehlo_name"),
                Times.read(row, "started_at").orElseThrow(),
                took(row),
                CallPhase.of(row.getString("phase")),
                Ending.of(row.getString("ending")),
                reply(row, "banner"),
                reply(row, "ehlo"),
                reply(row, "helo"),
                reply(row, "starttls"),
                shown.filter(_ -> finished),
                failure(row).map(failure -> failure.showing(shown.filter(_ -> !finished))),
                reply(row, "after_tls"),
                reply(row, "quit"),
                Optional.ofNullable(row.getBytes("excerpt")).map(Octets::of).orElse(Octets.NONE),
                row.getInt("received"),
                Optional.ofNullable(row.getString("detail")));
    }

    private static Map<CallPhase, Duration> took(ResultSet row) throws SQLException {
        Map<CallPhase, Duration> took = new EnumMap<>(CallPhase.class);
        for (var phase : CallPhase.values()) {
            var microseconds = row.getObject(phase.label() + "_us", Integer.class);
            if (microseconds != null) took.put(phase, Duration.ofNanos(microseconds * 1_000L));
        }
        return took;
    }

    private static Optional<SmtpReply> reply(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Octets::of).map(SmtpReply::of);
    }

    private static Optional<TlsSession> session(ResultSet row) throws SQLException {
        var version = row.getString("tls_version");
        if (version == null) return Optional.empty();
        return Optional.of(new TlsSession(
                TlsVersion.of(version),
                row.getString("cipher_suite"),
                Optional.ofNullable(row.getString("key_exchange_group")),
                Optional.ofNullable(row.getString("signature_scheme")),
                row.getBoolean("client_certificate_requested"),
                chain(row),
                row.getString("offer_id"),
                traits(row)));
    }

    private static TlsTraits traits(ResultSet row) throws SQLException {
        return new TlsTraits(
                Optional.ofNullable(row.getObject("extended_master_secret", Boolean.class)),
                Optional.ofNullable(row.getObject("secure_renegotiation", Boolean.class)),
                row.getBoolean("session_ticket"),
                row.getBoolean("hello_retry_requested"),
                Optional.ofNullable(row.getBytes("ocsp_response")).map(Octets::of),
                Optional.ofNullable(row.getBytes("timestamps")).map(Octets::of));
    }

    private static List<Octets> chain(ResultSet row) throws SQLException {
        var chain = new ArrayList<Octets>();
        for (var der : (Object[]) row.getArray("chain").getArray()) chain.add(Octets.of((byte[]) der));
        return chain;
    }

    private static Optional<TlsFailure> failure(ResultSet row) throws SQLException {
        var detail = row.getString("tls_failure");
        if (detail == null) return Optional.empty();
        var received = row.getObject("alert_received", Boolean.class);
        return Optional.of(new TlsFailure(
                TlsFailure.Detail.of(detail),
                received == null
                        ? Optional.empty()
                        : Optional.of(new TlsAlert(received, row.getInt("alert_code"), row.getString("alert_name"))),
                row.getBoolean("failure_client_certificate"),
                Optional.ofNullable(row.getString("broke_after")).map(HandshakeMessage::of),
                Optional.ofNullable(row.getString("offered"))));
    }
}
