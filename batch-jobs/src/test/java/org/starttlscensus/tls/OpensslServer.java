package org.starttlscensus.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.starttlscensus.fact.Octets;

/** {@code openssl s_server} on 127.0.0.1, which sends every line back reversed, and its report of the session. */
final class OpensslServer implements AutoCloseable {

    /** A server that prints nothing is ended, and the test fails. */
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final BufferedReader says;
    private final int port;

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    OpensslServer(Path directory, KeyPair key, List<Octets> chain, String... options) throws IOException {
        var file = directory.resolve("server.pem");
        Files.writeString(
                file,
                pem("PRIVATE KEY", key.getPrivate().getEncoded())
                        + pem("CERTIFICATE", chain.getFirst().toArray()));
        var command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                file.toString(),
                "-key",
                file.toString(),
                "-rev",
                "-naccept",
                "1"));
        command.addAll(List.of(options));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroy);
        says = process.inputReader(StandardCharsets.ISO_8859_1);
        var accepting = lineWith("ACCEPT");
        port = Integer.parseInt(
                accepting.substring(accepting.lastIndexOf(':') + 1).strip());
    }

    int port() {
        return port;
    }

    /** The IANA name of the negotiated suite as the server reports it. */
    String cipherSuite() throws IOException {
        var name = lineWith("Ciphersuite: ").substring("Ciphersuite: ".length()).strip();
        var table = new ProcessBuilder("openssl", "ciphers", "-stdname", "ALL:@SECLEVEL=0")
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = table.inputReader().lines()) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 2 && words[2].equals(name))
                    .map(words -> words[0])
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String lineWith(String start) throws IOException {
        for (var line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(start)) return line;
        }
        throw new IOException("openssl ended without saying \"" + start + "\"");
    }

    static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
