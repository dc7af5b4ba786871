package org.starttlscensus.smtp;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.smtp.TlsUpgrade.SecuredConnection;
import org.starttlscensus.smtp.TlsUpgrade.Upgraded;

/**
 * Runs the {@link Dialogue} over a {@link DeadlineSocket}: sends commands, reads replies, records both. Every
 * conversation ends in {@link #close}.
 */
final class Conversation {

    private final DeadlineSocket socket;
    private final ObservationBuilder observation;
    private final String ehloName;
    private final Predicate<SmtpReply> mayNotKnowEhlo;
    private final Optional<TlsUpgrade> tls;
    private final SmtpChannel plain;
    private SmtpChannel channel;
    private Optional<SecuredConnection> secured = Optional.empty();

    /** @param tls starts TLS; empty: STARTTLS is not said */
    Conversation(
            DeadlineSocket socket,
            ObservationBuilder observation,
            String ehloName,
            Predicate<SmtpReply> mayNotKnowEhlo,
            Optional<TlsUpgrade> tls) {
        this.socket = socket;
        this.observation = observation;
        this.ehloName = ehloName;
        this.mayNotKnowEhlo = mayNotKnowEhlo;
        this.tls = tls;
        this.plain = new SmtpChannel(socket.input(), socket.output());
        this.channel = plain;
    }

    void run() {
        try {
            enter(CallPhase.BANNER);
            var step = nextStep(Exchange.GREETING, channel.read());
            while (!(step instanceof Step.End end)) {
                step = switch (step) {
                    case Step.Ask(var exchange) -> ask(exchange);
                    case Step.StartTls() -> upgrade();
                    case Step.End over -> over;
                };
            }
            observation.ended(end.ending());
            close(end);
        } finally {
            observation.received(plain.received());
        }
    }

    private Step ask(Exchange exchange) {
        if (exchange.phase() != observation.phase()) enter(exchange.phase());
        return nextStep(exchange, channel.ask(exchange.command(ehloName)));
    }

    private Step nextStep(Exchange exchange, ReplyRead replyRead) {
        return switch (replyRead) {
            case ReplyRead.Replied(var reply) -> {
                observation.replied(exchange, reply);
                yield withinPurpose(Dialogue.next(exchange, reply, mayNotKnowEhlo));
            }
            case ReplyRead.NoReply(var seen) -> {
                observation.excerpt(seen);
                // A peer that does not greet like a mail server gets no QUIT.
                yield exchange == Exchange.GREETING
                        ? Step.End.withoutQuit(Ending.NOT_SMTP)
                        : Step.End.withQuit(Ending.NOT_SMTP);
            }
            case ReplyRead.TooMuch(var seen) -> {
                observation.excerpt(seen);
                yield Step.End.withoutQuit(Ending.TOO_MUCH);
            }
            case ReplyRead.ConnectionLost(var seen) -> {
                observation.excerpt(seen);
                observation.detail(socket.reason());
                yield Step.End.withoutQuit(lossEnding());
            }
        };
    }

    /** A call that must not say STARTTLS ends with QUIT where the dialogue would say it. */
    private Step withinPurpose(Step next) {
        return tls.isEmpty() && next.equals(new Step.Ask(Exchange.STARTTLS)) ? Step.End.withQuit(Ending.REPLIED) : next;
    }

    /** A received TLS alert decides the ending, because the close that follows it is only its consequence. */
    private Ending lossEnding() {
        var failure = secured.flatMap(SecuredConnection::failure);
        var alert = failure.flatMap(TlsFailure::alert).filter(TlsAlert::received);
        if (alert.isEmpty() && socket.end().isPresent()) return socket.end().get();
        failure.ifPresent(observation::failed);
        return failure.isPresent() ? Ending.TLS_FAILURE : Ending.CLOSED;
    }

    private Step upgrade() {
        try {
            var early = channel.early();
            if (early.size() > 0) return injected(early);
        } catch (IOException gone) {
            // The handshake fails too, and records why.
        }
        enter(CallPhase.HANDSHAKE);
        return switch (tls.orElseThrow().upgrade(new BlanksBeforeTls(socket.input()), socket.output())) {
            case Upgraded.HandshakeFailed(var failure) -> {
                observation.failed(failure);
                observation.detail(socket.reason());
                yield Step.End.withoutQuit(Ending.TLS_FAILURE);
            }
            case Upgraded.Secured(var connection) -> {
                observation.secured(connection.session());
                secured = Optional.of(connection);
                channel = new SmtpChannel(connection.input(), connection.output());
                yield new Step.Ask(Exchange.EHLO_UNDER_TLS);
            }
        };
    }

    private Step injected(Octets early) {
        observation.excerpt(early);
        return Step.End.withoutQuit(Ending.INJECTED);
    }

    private void close(Step.End end) {
        enter(CallPhase.QUIT);
        if (end.sendsQuit() && channel.askRegardless("QUIT") instanceof ReplyRead.Replied(var reply))
            observation.quitReplied(reply);
        secured.ifPresent(connection -> {
            observation.secured(connection.session());
            connection.closeNotify();
        });
        socket.finish(end.ending() != Ending.TOO_MUCH, SmtpChannel.MOST_OCTETS - plain.received());
    }

    private void enter(CallPhase phase) {
        observation.enter(phase);
        socket.enter(phase);
    }
}
