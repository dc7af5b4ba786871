package org.starttlscensus.preflight;

import static org.starttlscensus.preflight.PreflightCheck.RESOLVER;
import static org.starttlscensus.preflight.PreflightFinding.fine;
import static org.starttlscensus.preflight.PreflightFinding.refuse;
import static org.starttlscensus.preflight.PreflightFinding.warn;

import org.starttlscensus.dns.ResolverTrial;
import org.starttlscensus.dns.ResolverTrial.BrokenAnswer;
import org.starttlscensus.settings.ResolverAddress;

/** Whether each resolver answers, validates, and leaves signatures where they are. */
final class ResolverChecks {

    private static final String UNBOUND =
            "install a validating resolver on this machine (Debian: apt-get install unbound) and set "
                    + "census.dns.resolvers to 127.0.0.1:53";

    private ResolverChecks() {}

    /** For settings without a resolver. */
    static PreflightFinding none() {
        return refuse(RESOLVER, "", "census.dns.resolvers is not set", UNBOUND);
    }

    static PreflightFinding of(ResolverAddress resolver, ResolverTrial trial) {
        var about = resolver.toString();
        return switch (trial.signed()) {
            case NONE ->
                refuse(
                        RESOLVER,
                        about,
                        "it gives no answer for the root zone, which every resolver knows",
                        "start it, or let it answer this machine (unbound: access-control); else " + UNBOUND);
            case STRIPPED ->
                refuse(
                        RESOLVER,
                        about,
                        "it strips signatures: the answer for the root zone came without one, although signatures "
                                + "were asked for",
                        "do not ask through a home router or a forwarder that knows no DNSSEC; " + UNBOUND);
            case ONLY_SIGNED ->
                refuse(
                        RESOLVER,
                        about,
                        "it does not validate: the answer for the root zone came signed, and without the AD bit",
                        "let it validate (unbound: auto-trust-anchor-file and module-config \"validator iterator\"); "
                                + "else " + UNBOUND);
            case VALIDATED -> broken(resolver, trial.broken());
        };
    }

    private static PreflightFinding broken(ResolverAddress resolver, BrokenAnswer answer) {
        var about = resolver.toString();
        return switch (answer) {
            case ACCEPTED ->
                refuse(
                        RESOLVER,
                        about,
                        "it does not validate everything: it answers for %s, whose signatures are wrong on purpose"
                                .formatted(ResolverTrial.BROKEN_NAME),
                        "remove exceptions such as unbound's domain-insecure and val-permissive-mode; else " + UNBOUND);
            case NOT_KNOWN ->
                warn(
                        RESOLVER,
                        about,
                        ("it validates the root zone; for %s, whose signatures are wrong on purpose, it gives no "
                                        + "answer, so that it is not known whether it would refuse it")
                                .formatted(ResolverTrial.BROKEN_NAME),
                        "ask again later; if that stays, look into the resolver's log");
            case REJECTED -> trusted(resolver);
        };
    }

    /** Between this machine and another one anybody may set the AD bit. */
    private static PreflightFinding trusted(ResolverAddress resolver) {
        return resolver.address().toInetAddress().isLoopbackAddress()
                ? fine(RESOLVER, resolver.toString(), "it answers and validates, and it is on this machine")
                : warn(
                        RESOLVER,
                        resolver.toString(),
                        "it answers and validates, but it is not on this machine: on the way its word that an answer "
                                + "is validated can be forged, so DANE is not believed by it",
                        UNBOUND);
    }
}
