package org.starttlscensus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/**
 * A TCP path to a server on loopback that can fall silent, for tests. While it is silent, connections stay open and new
 * ones are accepted, but neither octets nor a close pass in either direction.
 */
public final class SilentPath implements AutoCloseable {

    private final int server;
    private final ServerSocket listener;
    private final Set<Link> links = new HashSet<>();
    private boolean silent;

    private SilentPath(int server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    public static SilentPath to(int server) throws IOException {
        var path = new SilentPath(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(path::accept);
        return path;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public synchronized void fallSilent() {
        silent = true;
    }

    /** Ends the silence: what was held back is passed on. */
    public synchronized void speak() {
        silent = false;
        notifyAll();
    }

    /** Resets the earlier connections at both ends, as if a router between them had restarted. */
    public synchronized void speakWithoutOldConnections() {
        links.forEach(Link::cut);
        speak();
    }

    /** Leaves the earlier connections open and silent for ever, as if a router between them had lost its state. */
    public synchronized void speakAndForgetOldConnections() {
        links.forEach(link -> link.forgotten = true);
        speak();
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        speakWithoutOldConnections();
    }

    private void accept() {
        while (true) {
            try {
                join(listener.accept());
            } catch (IOException closed) {
                if (listener.isClosed()) return;
            }
        }
    }

    private void join(Socket client) throws IOException {
        var upstream = new Socket();
        try {
            upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
        } catch (IOException refused) { // the server is down and refuses, so the path does too
            client.close();
            throw refused;
        }
        var link = new Link(client, upstream);
        synchronized (this) {
            links.add(link);
        }
        Thread.ofVirtual().start(() -> pump(link, client, upstream));
        Thread.ofVirtual().start(() -> pump(link, upstream, client));
    }

    private void pump(Link link, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var octets = new byte[16_384];
            for (int read; (read = in.read(octets)) >= 0; ) {
                awaitPassage(link);
                out.write(octets, 0, read);
            }
            awaitPassage(link);
            to.shutdownOutput();
        } catch (IOException broken) {
            awaitPassage(link);
            link.cut();
        }
    }

    private synchronized void awaitPassage(Link link) {
        try {
            while ((silent || link.forgotten) && !link.isCut) wait();
        } catch (InterruptedException e) {
            throw new IllegalStateException("no thread interrupts a pump", e);
        }
    }

    private static final class Link {

        private final Socket client;
        private final Socket upstream;
        private boolean forgotten;
        private volatile boolean isCut;

        private Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        private void cut() {
            isCut = true;
            try (client;
                    upstream) {
                client.setSoLinger(true, 0); // a reset, which ends a waiting read at once
                upstream.setSoLinger(true, 0);
            } catch (IOException alreadyClosed) {
                isCut = true;
            }
        }
    }
}
