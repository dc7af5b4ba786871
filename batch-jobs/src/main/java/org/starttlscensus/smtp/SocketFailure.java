package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Supplier;
import org.starttlscensus.fact.Ending;

/**
 * Classifies the failures of a socket. A failure is local only if {@link OwnRoute} finds the fault on this machine.
 * Every other error of the kernel comes from the peer or a router, whatever exception class and message Java gives it:
 * ICMPv6's "administratively prohibited" arrives as a {@code BindException}, ICMP's "protocol unreachable" as "Protocol
 * not available".
 */
final class SocketFailure {

    private SocketFailure() {}

    /** @param local looks up the fault on this machine, if there is one, where it matters: see {@link OwnRoute} */
    static Ending atConnect(IOException failure, Supplier<Optional<Ending>> local) {
        if (failure instanceof SocketTimeoutException) return Ending.TIMED_OUT;
        return local.get().orElseGet(() -> remote(failure));
    }

    /**
     * For an established connection. The only local cause there is that we closed the socket ourselves, and only the
     * message of Java's exception tells that.
     */
    static Ending afterConnect(IOException failure) {
        var message = messageOf(failure);
        if (failure instanceof SocketTimeoutException) return Ending.TIMED_OUT;
        var weClosed =
                message.isEmpty() || message.equals("Socket closed") || message.startsWith("Closed by interrupt");
        return weClosed ? Ending.BROKEN_OFF : remote(failure);
    }

    private static Ending remote(IOException failure) {
        var message = messageOf(failure);
        if (message.contains("Connection reset") || message.contains("Broken pipe")) return Ending.RESET;
        if (message.contains("Connection timed out")) return Ending.TIMED_OUT;
        return failure instanceof ConnectException ? Ending.REFUSED : Ending.NO_ROUTE;
    }

    private static String messageOf(IOException failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("");
    }
}
