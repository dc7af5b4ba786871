package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;

/** The answers of single servers to each metric, as the definitions state them, and their roll-up. */
record TrendAnswers(TrendWorld world) {

    enum Answer {
        YES,
        NO,
        UNKNOWN,
        OUT
    }

    record Unit(Answer answer, boolean optedOut) {}

    private static final String GROUP = "TLS group ";
    private static final String CHAIN = "TLS chain ";

    Unit unit(TrendWorld.Server server, String metric) {
        return new Unit(answer(server, metric), server.outcome().equals("not_attempted_opted_out"));
    }

    private Answer answer(TrendWorld.Server server, String metric) {
        var outcome = server.outcome();
        if (List.of("not_smtp", "no_mail_521", "not_attempted_opted_out").contains(outcome)) return Answer.OUT;
        boolean silent = outcome.startsWith("unreachable_") || outcome.equals("not_attempted_special_address");
        if (silent && world.isImplicitOnly(server)) return Answer.OUT;
        if (server.starttls().isEmpty()) return Answer.UNKNOWN;
        if (metric.equals("starttls_offered")) return server.starttls().get() ? Answer.YES : Answer.NO;
        if (!server.starttls().get()) return Answer.OUT;
        if (server.inherited()) return Answer.UNKNOWN;
        if (metric.equals("tls_handshake_ok")) return outcome.equals("starttls_ok") ? Answer.YES : Answer.NO;
        return server.session()
                .map(session -> found(session, metric) ? Answer.YES : Answer.NO)
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

    static Unit roll(List<Unit> units, boolean all) {
        var order = all ? List.of(Answer.NO, Answer.YES, Answer.UNKNOWN, Answer.OUT) : List.of(Answer.values());
        var answer = order.stream()
                .filter(one -> units.stream().anyMatch(unit -> unit.answer() == one))
                .findFirst()
                .orElseThrow();
        return new Unit(answer, units.stream().allMatch(Unit::optedOut));
    }
}
