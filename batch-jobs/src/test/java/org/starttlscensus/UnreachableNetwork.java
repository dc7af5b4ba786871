package org.starttlscensus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace in which a router answers each SYN with the ICMP error that the destination address encodes, with
 * real packets: {@code namespace.sh} in the test resources. Calls there run in a separate process.
 */
public final class UnreachableNetwork {

    /** The time limit of a main class. After it, the process and its namespace are killed. */
    private static final List<String> LIMITED = List.of("timeout", "--kill-after=5", "240");

    private static final Path SCRIPT =
            Path.of("src/test/resources/unreachable/namespace.sh").toAbsolutePath();

    private UnreachableNetwork() {}

    /** What is missing on this machine; empty if the namespace can be made. */
    public static Optional<String> whyNot() throws IOException, InterruptedException {
        var result = inside(List.of("true"));
        return Optional.of("no network namespace can be made here: " + result.output())
                .filter(_ -> result.exit() != 0);
    }

    /** The address whose calls get this code: of ICMP type 3 for IPv4, of ICMPv6 type 1 for IPv6. */
    public static String ipv4(int network, int code, int host) {
        return "127.%d.%d.%d".formatted(96 + network % 32, code, host);
    }

    public static String ipv6(int network, int code, int host) {
        return "fd00:%x:%x::%x".formatted(network, code, host);
    }

    /** Runs a main class of the tests there and returns the lines that it prints. */
    public static List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(
                java,
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var result = inside(command);
        if (result.exit() != 0) {
            throw new AssertionError(main.getName() + " ended with " + result.exit() + "\n" + result.output());
        }
        return result.output().lines().toList();
    }

    private record Result(int exit, String output) {}

    private static Result inside(List<String> command) throws IOException, InterruptedException {
        var whole = new ArrayList<>(LIMITED);
        whole.addAll(List.of("bash", SCRIPT.toString()));
        whole.addAll(command);
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output.strip());
    }
}
