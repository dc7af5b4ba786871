package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Supplier;
import org.starttlscensus.fact.Ending;

/**
 * Tells the failures of a socket apart. Only what this machine says of itself counts as ours; everything else that
 * the kernel reports is the peer's or a router's, under whatever class and words Java gives it: ICMPv6's
 * "administratively prohibited" comes as a {@code BindException}, ICMP's "protocol unreachable" as "Protocol not
 * available".
 */
final class SocketFailure {

    private SocketFailure() {}

    /** @param ours what this machine has to say of it, asked only where that matters: see {@link OwnRoute} */
    static Ending atConnect(IOException failure, Supplier<Optional<Ending>> local) {
        if (failure instanceof SocketTimeoutException) return Ending.TIMED_OUT;
        return local.get().orElseGet(() -> remote(failure));
    }

    /**
     * Of a connection that stood: nothing of ours can fail there but that we close it ourselves, which only Java's
     * words tell.
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
