package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.store.TrendUnit.Answer;
import org.starttlscensus.store.TrendUnit.Standing;

/** The answers of single servers to each metric, as the definitions state them. */
record TrendAnswers(TrendWorld world) {

    private static final String GROUP = "TLS group ";
    private static final String CHAIN = "TLS chain ";

    TrendUnit unit(TrendWorld.Server server, String metric) {
        var standing = standing(server);
        return new TrendUnit(
                standing,
                standing == Standing.COUNTS ? answer(server, metric) : Answer.OUT,
                false,
                standing == Standing.COUNTS && server.session().isPresent());
    }

    private Standing standing(TrendWorld.Server server) {
        return switch (server.outcome()) {
            case "not_smtp", "no_mail_521" -> Standing.LEFT;
            case "not_attempted_special_address" -> Standing.SPECIAL;
            case "not_attempted_no_ipv6" -> Standing.OTHER_FAMILY;
            case "not_attempted_opted_out" -> Standing.OPTED_OUT;
            default ->
                server.outcome().startsWith("unreachable_") && world.isImplicitOnly(server)
                        ? Standing.SILENT
                        : Standing.COUNTS;
        };
    }

    private static Answer answer(TrendWorld.Server server, String metric) {
        if (server.starttls().isEmpty()) return Answer.UNKNOWN;
        if (metric.equals("starttls_offered")) return server.starttls().get() ? Answer.YES : Answer.NO;
        if (!server.starttls().get()) return Answer.OUT;
        if (server.inherited()) return Answer.UNKNOWN;
        if (metric.equals("tls_handshake_ok")) return server.outcome().equals("starttls_ok") ? Answer.YES : Answer.NO;
        return server.session()
                .map(session -> metric.equals("name_mismatch") && session.isUnreadable()
                        ? Answer.UNKNOWN
                        : found(session, metric) ? Answer.YES : Answer.NO)
                .orElse(Answer.OUT);
    }

    private static boolean found(TrendWorld.Session session, String metric) {
        boolean matches = session.name().equals(Optional.of("match"));
        return switch (metric) {
            case "pkix_valid_mx" -> session.chain().equals("trusted") && matches;
            case "pkix_chain_ok" -> session.chainOk();
            case "expired" -> session.expired();
            case "self_signed" -> session.selfSigned();
            case "name_mismatch" -> !session.chain().equals("none") && !matches;
            case "weak_key" -> session.weakKey();
            case "weak_signature" -> session.weakSignature();
            case "pq_hybrid" ->
                session.group()
                        .filter(List.of("X25519MLKEM768", "SecP256r1MLKEM768")::contains)
                        .isPresent();
            default ->
                metric.startsWith(CHAIN)
                        ? session.chain().equals(metric.substring(CHAIN.length()))
                        : metric.startsWith(GROUP)
                                ? session.group().orElse("none").equals(metric.substring(GROUP.length()))
                                : session.version().equals(metric);
        };
    }
}
