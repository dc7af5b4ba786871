package org.starttlscensus.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Serves connections on a port of its own of 127.0.0.1, one virtual thread each, until it is closed. */
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

    /** What breaks here is what the client under test broke off; the client tells. */
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
