package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.fact.Ending;

@DisplayName("A failure of a socket")
class WireFailureTest {

    /** As the JDK raises them on Linux. */
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new SocketTimeoutException("Connect timed out"), Ending.TIMED_OUT),
                Arguments.of(new ConnectException("Connection refused"), Ending.REFUSED),
                Arguments.of(new ConnectException("Connection timed out"), Ending.TIMED_OUT),
                Arguments.of(new NoRouteToHostException("No route to host"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Network is unreachable"), Ending.NO_ROUTE),
                Arguments.of(new SocketException("Connection reset"), Ending.RESET),
                Arguments.of(new SocketException("Connection reset by peer"), Ending.RESET),
                Arguments.of(new SocketException("Broken pipe"), Ending.RESET),
                Arguments.of(new SocketException("Connection timed out"), Ending.TIMED_OUT),
                Arguments.of(new BindException("Cannot assign requested address"), Ending.LOCAL_ERROR),
                Arguments.of(new SocketException("Too many open files"), Ending.LOCAL_ERROR),
                Arguments.of(new SocketException("Operation not permitted"), Ending.LOCAL_ERROR),
                Arguments.of(new SocketException("Network is down"), Ending.LOCAL_ERROR),
                Arguments.of(new SocketException("Closed by interrupt"), Ending.LOCAL_ERROR),
                Arguments.of(new IOException((String) null), Ending.LOCAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isTheirsOnlyWhereThatIsCertain(IOException failure, Ending ending) {
        assertEquals(ending, WireFailure.of(failure));
    }
}
