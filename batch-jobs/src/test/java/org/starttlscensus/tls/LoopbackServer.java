package org.starttlscensus.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Serves connections on its own port of 127.0.0.1, each on a virtual thread, until it is closed. */
final class LoopbackServer implements AutoCloseable {

    interface Service {
        void serve(Socket connection) throws Exception;
    }

    private final ServerSocket listening;

    LoopbackServer(Service service) throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!listening.isClosed()) {
                try {
                    var connection = listening.accept();
                    Thread.ofVirtual().start(() -> serve(service, connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Ignores failures: they are connections that the client under test broke off, and the test checks the client. */
    private static void serve(Service service, Socket connection) {
        try (connection) {
            service.serve(connection);
        } catch (Exception brokenOff) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
