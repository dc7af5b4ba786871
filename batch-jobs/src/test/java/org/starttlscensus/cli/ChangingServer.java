package org.starttlscensus.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.starttlscensus.fact.Address;

/**
 * A mail server that changes: an address that passes its connections on to one server of a lab, and later to another.
 */
final class ChangingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket();
    private final AtomicInteger connections = new AtomicInteger();
    private final int port;
    private volatile Address behind;

    ChangingServer(String address, int port, Address behind) throws IOException {
        this.port = port;
        this.behind = behind;
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        Thread.ofVirtual().start(this::serve);
    }

    void become(Address other) {
        behind = other;
    }

    int connections() {
        return connections.get();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> pass(client));
            } catch (IOException closed) {
                // the loop ends when the socket is closed
            }
        }
    }

    private void pass(Socket client) {
        try (client;
                var server = new Socket(behind.toInetAddress(), port)) {
            var back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException gone) {
            // the other side sees the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException gone) {
            // the other side sees the end
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
