package org.starttlscensus.lab;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.tls.TlsClientProtocol;
import org.starttlscensus.fact.Address;

/** A minimal client that writes and reads lines. Of SMTP it knows only how to find the last line of a reply. */
final class RawMailClient implements AutoCloseable {

    private final Socket socket = new Socket();

    RawMailClient(Lab lab, Address address, Duration patience) throws IOException {
        var port = Integer.parseInt(lab.settings().get("census.smtp.port"));
        socket.setSoTimeout((int) patience.toMillis());
        socket.connect(new InetSocketAddress(address.toInetAddress(), port), (int) patience.toMillis());
    }

    /** Reads the lines of one reply. Throws EOFException at the end of the stream. */
    List<String> reply() throws IOException {
        var lines = new ArrayList<String>();
        do lines.add(line());
        while (lines.getLast().length() > 3
                && lines.getLast().charAt(3) == '-'
                && lines.getLast().charAt(0) < 'A');
        return lines;
    }

    List<String> ask(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) throw new EOFException(line.toString());
            if (octet == '\n') return line.toString().stripTrailing();
            line.append((char) octet);
        }
    }

    /** One octet; -1 at the end. */
    int octet() throws IOException {
        return socket.getInputStream().read();
    }

    /** Starts the JDK's TLS on this connection, which checks chain and name. */
    SSLSocket strictTls(String host, Path trustStore) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var pem = Files.newInputStream(trustStore)) {
            trusted.setCertificateEntry(
                    "lab", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, socket.getPort(), false);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return tls;
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    int available() throws IOException {
        return socket.getInputStream().available();
    }

    /** Does a handshake, then sends EHLO and QUIT under TLS. Returns the reply to EHLO. */
    String speakTls(TlsLook look) throws IOException {
        var protocol = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
        protocol.connect(look);
        protocol.getOutputStream().write("EHLO client.test\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().contains("250 ")) {
            int octet = protocol.getInputStream().read();
            if (octet < 0) throw new EOFException(answer.toString());
            answer.append((char) octet);
        }
        protocol.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        while (protocol.getInputStream().read() >= 0) answer.append('.');
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
