package org.starttlscensus.dane;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.IssuedCertificate;

/** The openssl program, as a server with a chain and as a client with TLSA records, on loopback. */
final class OpensslPeer {

    private static final Pattern READY = Pattern.compile("ACCEPT .*?:?([0-9]+)");
    private static final Pattern DEPTH = Pattern.compile("DANE TLSA .* at depth ([0-9]+)");
    private static final int SECONDS = 20;

    private final Path directory;

    OpensslPeer(Path directory) {
        this.directory = directory;
    }

    static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
    }

    /** What its client says: pass and a depth, fail, or unusable. */
    String verdict(IssuedCertificate server, List<IssuedCertificate> others, List<String> records)
            throws IOException, InterruptedException {
        var own = write("own.pem", pem("CERTIFICATE", server.der()));
        var key = write(
                "own.key",
                pem("PRIVATE KEY", Octets.of(server.key().getPrivate().getEncoded())));
        var command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0"));
        command.addAll(List.of("-cert", own, "-key", key, "-naccept", "1"));
        if (!others.isEmpty()) {
            var chain = new StringBuilder();
            for (var each : others) chain.append(pem("CERTIFICATE", each.der()));
            command.addAll(List.of("-cert_chain", write("chain.pem", chain.toString())));
        }
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            return ask(port(process), records);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String port(Process server) throws IOException {
        var out = new BufferedReader(server.inputReader(StandardCharsets.ISO_8859_1));
        var said = new StringBuilder();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            var ready = READY.matcher(line);
            if (ready.matches()) return ready.group(1);
        }
        throw new IOException("openssl s_server does not listen: " + said);
    }

    private String ask(String port, List<String> records) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, "-brief"));
        command.addAll(List.of("-verify_return_error", "-attime", String.valueOf(DaneScene.AT.getEpochSecond())));
        command.addAll(List.of("-dane_tlsa_domain", DaneScene.HOST, "-dane_ee_no_namechecks"));
        for (var record : records) command.addAll(List.of("-dane_tlsa_rrdata", record));
        var out = directory.resolve("client.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("openssl s_client does not end: " + command);
        }
        return read(Files.readString(out, StandardCharsets.ISO_8859_1));
    }

    private static String read(String said) {
        var depth = DEPTH.matcher(said);
        if (said.contains("Verification: OK") && depth.find()) return "pass at " + depth.group(1);
        if (said.contains("verify error:")) return "fail";
        if (said.contains("unusable TLSA rrdata")) return "unusable";
        throw new IllegalStateException("openssl s_client says something new: " + said);
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static String pem(String what, Octets der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toArray()), what);
    }
}
