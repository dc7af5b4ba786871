package org.starttlscensus.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything observed in one call. Equal observations get equal verdicts, so every verdict can be recomputed from this
 * without sending a packet.
 *
 * @param endpoint    what was called
 * @param source      our address; empty if no socket was connected
 * @param ehloName    the name we send in EHLO
 * @param startedAt   when the first packet was sent; if none was sent, when we decided not to
 * @param took        the time spent in each phase that was entered
 * @param phase       the phase in which the call ended; {@link CallPhase#QUIT} only with {@link Ending#COMPLETED}
 * @param ending      how it ended
 * @param banner      the complete greeting, if one was received
 * @param ehlo        the reply to EHLO
 * @param helo        the reply to HELO, which is sent only where EHLO was refused as if it were unknown
 * @param starttls    the reply to STARTTLS, if it was sent
 * @param tls         the result of a finished handshake
 * @param tlsFailure  why the handshake, or the session right after it, broke
 * @param afterTls    the reply to EHLO under TLS
 * @param quitReply   the reply to QUIT
 * @param excerpt     the first octets received that are not a complete reply, at most 1,000; only if the ending is
 *                    NOT_SMTP, TOO_MUCH or INJECTED, or the connection ended within a reply
 * @param received    octets received before TLS
 * @param detail      our explanation of endings such as NO_ROUTE, LOCAL_ERROR and NOT_CALLABLE; never text from a peer
 */
public record Observation(
        Endpoint endpoint,
        Optional<Address> source,
        String ehloName,
        Instant startedAt,
        Map<CallPhase, Duration> took,
        CallPhase phase,
        Ending ending,
        Optional<SmtpReply> banner,
        Optional<SmtpReply> ehlo,
        Optional<SmtpReply> helo,
        Optional<SmtpReply> starttls,
        Optional<TlsSession> tls,
        Optional<TlsFailure> tlsFailure,
        Optional<SmtpReply> afterTls,
        Optional<SmtpReply> quitReply,
        Octets excerpt,
        int received,
        Optional<String> detail) {

    /** The codes of a server to which a command is unknown, or out of place. */
    private static final Set<Integer> UNKNOWN_COMMAND = Set.of(500, 502, 503);

    public Observation {
        took = Map.copyOf(took);
        if ((ending == Ending.COMPLETED) != (phase == CallPhase.QUIT)) {
            throw new IllegalArgumentException("%s: ending %s in phase %s".formatted(endpoint, ending, phase));
        }
        if (ending == Ending.TLS_FAILURE && tlsFailure.isEmpty()) {
            throw new IllegalArgumentException(
                    endpoint + ": the ending TLS_FAILURE needs a failure, but none is given");
        }
        if (tls.isPresent() && tlsFailure.flatMap(TlsFailure::shown).isPresent()) {
            throw new IllegalArgumentException(endpoint + ": a handshake that finished has not broken as well");
        }
    }

    public Instant endedAt() {
        return startedAt.plus(took.values().stream().reduce(Duration.ZERO, Duration::plus));
    }

    /** What the handshake showed, whether it finished or not; empty if none began, or if it showed nothing. */
    public Optional<TlsSession> shown() {
        return tls.or(() -> tlsFailure.flatMap(TlsFailure::shown));
    }

    /** Whether EHLO advertised STARTTLS. (We also try STARTTLS once where the reply is no full list without it.) */
    public boolean advertised() {
        return ehlo.filter(reply -> reply.isPositive() && reply.offers("STARTTLS"))
                .isPresent();
    }

    /**
     * Whether the server has no extension at all: it answered EHLO with the greeting alone, and then did not know
     * STARTTLS. A server that refuses us answers EHLO like that too, but then refuses STARTTLS as such.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1">RFC 5321, section 4.1.1.1</a>
     */
    public boolean showsNoExtensions() {
        return ehlo.filter(reply -> reply.isPositive() && EhloShape.of(reply) == EhloShape.BARE)
                        .isPresent()
                && starttls.filter(reply -> UNKNOWN_COMMAND.contains(reply.code()))
                        .isPresent();
    }

    /** Whether the call ended in the greeting, no line begins with a code, and one that came whole is not blank. */
    public boolean showsNoCode() {
        if (phase != CallPhase.BANNER || banner.isPresent()) return false;
        var text = excerpt.latin1();
        return text.lines().noneMatch(ReplyLine::beginsWithCode)
                && !text.substring(0, text.lastIndexOf('\n') + 1).isBlank();
    }

    /** Whether anything may have been sent; false only if no connection was attempted. */
    public boolean dialled() {
        return switch (ending) {
            case NOT_CALLABLE, NOT_DIALLED, NO_FAMILY -> false;
            case COMPLETED,
                    REPLIED,
                    CLOSED,
                    RESET,
                    TIMED_OUT,
                    REFUSED,
                    NO_ROUTE,
                    TOO_MUCH,
                    NOT_SMTP,
                    INJECTED,
                    TLS_FAILURE,
                    NO_ROUTE_HERE,
                    LOCAL_ERROR,
                    BROKEN_OFF -> true;
        };
    }

    /**
     * The reply of the phase in which the call ended. If that phase was not answered, the part of a refusal that
     * arrived before the connection ended: {@code 421-4.7.0 too many} is enough.
     */
    public Optional<SmtpReply> lastReply() {
        return phaseReply().or(this::incompleteRefusal);
    }

    private Optional<SmtpReply> incompleteRefusal() {
        return switch (ending) {
            case CLOSED, RESET, TIMED_OUT -> SmtpReply.find(excerpt).filter(reply -> reply.severity() >= 4);
            case COMPLETED,
                    REPLIED,
                    REFUSED,
                    NO_ROUTE,
                    TOO_MUCH,
                    NOT_SMTP,
                    INJECTED,
                    TLS_FAILURE,
                    NOT_CALLABLE,
                    NOT_DIALLED,
                    NO_FAMILY,
                    NO_ROUTE_HERE,
                    LOCAL_ERROR,
                    BROKEN_OFF -> Optional.empty();
        };
    }

    private Optional<SmtpReply> phaseReply() {
        return switch (phase) {
            case CONNECT, HANDSHAKE -> Optional.empty();
            case BANNER -> banner;
            case EHLO -> helo.or(() -> ehlo);
            case STARTTLS -> starttls;
            case AFTER_TLS, QUIT -> afterTls;
        };
    }
}
