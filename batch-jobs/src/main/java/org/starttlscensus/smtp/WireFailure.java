package org.starttlscensus.smtp;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.starttlscensus.fact.Ending;

/**
 * Tells the failures of a socket apart. Java has a class for some; for the others there is only the operating system's
 * wording, and what is not recognised counts as ours, which raises an alarm instead of blaming a peer.
 */
final class WireFailure {

    private WireFailure() {}

    static Ending of(IOException failure) {
        var said = Optional.ofNullable(failure.getMessage()).orElse("");
        return switch (failure) {
            case SocketTimeoutException _ -> Ending.TIMED_OUT;
            case NoRouteToHostException _ -> Ending.NO_ROUTE;
            case BindException _ -> Ending.LOCAL_ERROR;
            case ConnectException _ -> said.contains("timed out") ? Ending.TIMED_OUT : Ending.REFUSED;
            default -> ofMessage(said);
        };
    }

    private static Ending ofMessage(String said) {
        if (said.contains("Connection reset") || said.contains("Broken pipe")) return Ending.RESET;
        if (said.contains("unreachable") || said.contains("No route to host") || said.contains("Host is down")) {
            return Ending.NO_ROUTE;
        }
        return said.contains("Connection timed out") ? Ending.TIMED_OUT : Ending.LOCAL_ERROR;
    }
}
