package org.starttlscensus.https;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Function;
import javax.net.SocketFactory;
import org.starttlscensus.fact.Address;

/**
 * Sockets that check the address to which they connect, whichever name or text it came from. No SYN is sent to one that
 * may not be called.
 */
final class CheckedSockets extends SocketFactory {

    /** An address that may not be called. */
    static final class RefusedAddressException extends IOException {

        private static final long serialVersionUID = 1;

        RefusedAddressException(Address address, String why) {
            super("%s may not be called: %s".formatted(address, why));
        }
    }

    private final Function<Address, Optional<String>> whyNot;

    CheckedSockets(Function<Address, Optional<String>> whyNot) {
        this.whyNot = whyNot;
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                var address = Address.of(((InetSocketAddress) endpoint).getAddress());
                var why = whyNot.apply(address);
                if (why.isPresent()) throw new RefusedAddressException(address, why.get());
                super.connect(endpoint, timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectsAtOnce();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw connectsAtOnce();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectsAtOnce();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw connectsAtOnce();
    }

    private static UnsupportedOperationException connectsAtOnce() {
        return new UnsupportedOperationException("the client connects its sockets itself");
    }
}
