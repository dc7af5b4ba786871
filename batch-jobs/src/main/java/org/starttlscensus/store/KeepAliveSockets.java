package org.starttlscensus.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets to the database with TCP keep-alive: the kernel probes a silent peer after 10 s and gives up 15 s later.
 * While a statement runs no other data pass, and the usual two hours are too long for a night. Public because the
 * driver instantiates the class by its name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9293.html#section-3.8.4">RFC 9293, section 3.8.4: TCP keep-alives</a>
 */
public final class KeepAliveSockets extends SocketFactory {

    private static final int IDLE_SECONDS = 10;
    private static final int INTERVAL_SECONDS = 5;
    private static final int PROBES = 3;

    @Override
    public Socket createSocket() {
        var socket = new Socket();
        try {
            set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
            set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
            set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) socket.setOption(option, value);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connectedFrom(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return connectedFrom(new InetSocketAddress(local, localPort), new InetSocketAddress(host, port));
    }

    private Socket connected(InetSocketAddress peer) throws IOException {
        return connectedFrom(new InetSocketAddress(0), peer);
    }

    private Socket connectedFrom(InetSocketAddress local, InetSocketAddress peer) throws IOException {
        var socket = createSocket();
        try {
            socket.bind(local);
            socket.connect(peer);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
