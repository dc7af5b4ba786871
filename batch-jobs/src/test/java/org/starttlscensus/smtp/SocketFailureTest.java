package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.Ending;

@DisplayName("A failure of a socket")
class SocketFailureTest {

    /** The exceptions of JDK 25 on Linux; {@link UnreachableIT} causes them with real packets. */
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new SocketTimeoutException("Connect timed out"), Ending.TIMED_OUT),
                Arguments.of(new ConnectException("Connection timed out"), Ending.TIMED_OUT),
                Arguments.of(new SocketException("Connection timed out"), Ending.TIMED_OUT),
                Arguments.of(new ConnectException("Connection refused"), Ending.REFUSED),
                Arguments.of(new SocketException("Connection reset"), Ending.RESET),
                Arguments.of(new SocketException("Connection reset by peer"), Ending.RESET),
                Arguments.of(new SocketException("Broken pipe"), Ending.RESET),
                Arguments.of(new NoRouteToHostException("No route to host"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Network is unreachable"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Host is down"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Protocol not available"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Operation not supported"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Machine is not on the network"), Ending.NO_ROUTE),
                Arguments.of(new ProtocolException("Protocol error"), Ending.NO_ROUTE),
                Arguments.of(new BindException("Permission denied"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Das Netzwerk ist nicht erreichbar"), Ending.NO_ROUTE));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isRemoteIfThisMachineHasNoFault(IOException failure, Ending ending) {
        assertEquals(ending, SocketFailure.atConnect(failure, Optional::empty));
        assertEquals(ending, SocketFailure.afterConnect(failure));
    }

    /** The same exceptions, except the time-out: no local fault causes that. */
    @ParameterizedTest
    @MethodSource("failures")
    void isLocalIfThisMachineHasAFault(IOException failure, Ending theirs) {
        for (var ours : List.of(Ending.LOCAL_ERROR, Ending.NO_ROUTE_HERE)) {
            assertEquals(
                    failure instanceof SocketTimeoutException ? theirs : ours,
                    SocketFailure.atConnect(failure, () -> Optional.of(ours)));
        }
    }

    @Test
    void afterConnectIsLocalOnlyIfWeClosedTheConnection() {
        assertEquals(Ending.BROKEN_OFF, SocketFailure.afterConnect(new SocketException("Closed by interrupt")));
        assertEquals(Ending.BROKEN_OFF, SocketFailure.afterConnect(new SocketException("Socket closed")));
        assertEquals(Ending.BROKEN_OFF, SocketFailure.afterConnect(new IOException((String) null)));
    }
}
