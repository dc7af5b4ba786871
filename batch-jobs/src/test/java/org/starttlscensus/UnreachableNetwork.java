package org.starttlscensus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace in which a router answers each SYN with the ICMP error that its destination names, with real
 * packets: {@code namespace.sh} in the test resources. What is asked there runs in a process of its own.
 */
public final class UnreachableNetwork {

    /** A main class has this long; it is killed then, with its namespace. */
    private static final List<String> LIMITED = List.of("timeout", "--kill-after=5", "240");

    private static final Path SCRIPT =
            Path.of("src/test/resources/unreachable/namespace.sh").toAbsolutePath();

    private UnreachableNetwork() {}

    /** What is missing here for it; empty if it can be made. */
    public static Optional<String> whyNot() throws IOException, InterruptedException {
        var result = inside(List.of("true"));
        return Optional.of("no network namespace can be made here: " + result.said())
                .filter(_ -> result.exit() != 0);
    }

    /** The address at which a call meets that code: of ICMP type 3 for IPv4, of ICMPv6 type 1 for IPv6. */
    public static String ipv4(int network, int code, int host) {
        return "127.%d.%d.%d".formatted(96 + network % 32, code, host);
    }

    public static String ipv6(int network, int code, int host) {
        return "fd00:%x:%x::%x".formatted(network, code, host);
    }

    /** Lines that a main class of the tests prints there. */
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
            throw new AssertionError(main.getName() + " ended with " + result.exit() + "\n" + result.said());
        }
        return result.said().lines().toList();
    }

    private record Result(int exit, String said) {}

    private static Result inside(List<String> command) throws IOException, InterruptedException {
        var whole = new ArrayList<>(LIMITED);
        whole.addAll(List.of("bash", SCRIPT.toString()));
        whole.addAll(command);
        var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said.strip());
    }
}
