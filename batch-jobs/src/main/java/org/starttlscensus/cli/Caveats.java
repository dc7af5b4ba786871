package org.starttlscensus.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.verdict.ChainVerdict;
import org.starttlscensus.verdict.Outcome;

/** Finds all that speaks against the TLS of one server. */
final class Caveats {

    private static final Pattern FINITE_FIELD = Pattern.compile("dh-(\\d{1,6})");
    private static final Pattern LINE = Pattern.compile("\\d{3}(?:[ -].*)?", Pattern.DOTALL);
    private static final int LEAST_BITS = 2_048;

    private Caveats() {}

    /**
     * Of what the calls of a server add up to, and of the call that decided it; worst first.
     *
     * @param isOnlyLook whether there was no other call
     */
    static List<Caveat> of(Outcome outcome, Optional<JudgedCall> decisive, boolean isOnlyLook) {
        var found = EnumSet.noneOf(Caveat.class);
        Caveat.of(outcome).ifPresent(found::add);
        if (isOnlyLook
                && outcome == Outcome.TLS_FAILED
                && decisive.flatMap(call -> call.seen().tlsFailure())
                        .filter(Caveats::mayBeOurs)
                        .isPresent()) {
            found.remove(Caveat.TLS_FAILS);
            found.add(Caveat.TLS_FAILS_AT_FIRST);
        }
        decisive.ifPresent(call -> {
            if (call.seen().tls().isPresent()) {
                call.alone().flags().forEach(flag -> Caveat.of(flag).ifPresent(found::add));
                if (isLoose(call.seen())) found.add(Caveat.LOOSE_REPLIES);
            }
            call.seen().shown().ifPresent(tls -> found.addAll(of(tls)));
            call.chain().ifPresent(chain -> found.addAll(of(chain)));
            if (call.isRevoked()) found.add(Caveat.REVOKED);
            call.name().flatMap(Caveat::of).ifPresent(found::add);
        });
        return List.copyOf(found);
    }

    /** Whether another first message may lead to TLS; then the second look sends it. */
    private static boolean mayBeOurs(TlsFailure failure) {
        return failure.isOfServerName() || failure.isAtFirstMessage();
    }

    /** Whether a line before TLS has no code. We read such replies as Postfix does; posttls-finger breaks off. */
    private static boolean isLoose(Observation seen) {
        return Stream.of(seen.banner(), seen.ehlo(), seen.starttls())
                .flatMap(Optional::stream)
                .flatMap(reply -> reply.raw().latin1().lines())
                .anyMatch(line -> !LINE.matcher(line).matches());
    }

    static Set<Caveat> of(TlsSession tls) {
        var found = EnumSet.noneOf(Caveat.class);
        of(tls.version()).ifPresent(found::add);
        var suite = tls.cipherSuite();
        if (suite.contains("_NULL_")) found.add(Caveat.NO_ENCRYPTION);
        if (suite.contains("_EXPORT")) found.add(Caveat.EXPORT_SUITE);
        if (suite.contains("_DES_") || suite.contains("_DES40_")) found.add(Caveat.DES);
        if (suite.contains("_RC4_")) found.add(Caveat.RC4);
        if (suite.contains("_3DES_")) found.add(Caveat.TRIPLE_DES);
        if (suite.startsWith("TLS_RSA_")) found.add(Caveat.NO_FORWARD_SECRECY);
        if (tls.keyExchangeGroup().filter(Caveats::isSmall).isPresent()) found.add(Caveat.SMALL_DH);
        return found;
    }

    static Optional<Caveat> of(TlsVersion version) {
        return switch (version) {
            case TLS_1_0 -> Optional.of(Caveat.TLS_1_0);
            case TLS_1_1 -> Optional.of(Caveat.TLS_1_1);
            case TLS_1_2, TLS_1_3 -> Optional.empty();
        };
    }

    private static boolean isSmall(String group) {
        var bits = FINITE_FIELD.matcher(group);
        return bits.matches() && Integer.parseInt(bits.group(1)) < LEAST_BITS;
    }

    /** The status is the worst; dates and weaknesses stand beside it. */
    static Set<Caveat> of(ChainVerdict chain) {
        var found = EnumSet.noneOf(Caveat.class);
        Caveat.of(chain.status()).ifPresent(found::add);
        if (chain.expired()) found.add(Caveat.EXPIRED);
        if (chain.notYetValid()) found.add(Caveat.NOT_YET_VALID);
        if (chain.weakKey()) found.add(Caveat.WEAK_KEY);
        if (chain.weakSignature()) found.add(Caveat.WEAK_SIGNATURE);
        return found;
    }
}
