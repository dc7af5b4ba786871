package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A small checkout with the real launcher. Its JDK only says how it was called, and its Maven only leaves a jar: both
 * are scripts, so a start takes no second.
 */
final class Checkout {

    /** As an ordinary user, also where the tests run as root, whom no permission stops. */
    private static final List<String> AS_ORDINARY_USER =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final String MAVEN = """
            #!/bin/sh
            echo "$@" >> "$MAVEN_CALLS"
            if [ -n "${MAVEN_FAILS:-}" ]; then echo "[ERROR] A.java:[1,1] no such class"; exit 1; fi
            echo "[INFO] --- maven-resources-plugin:3.4.0:resources (default-resources) @ batch-jobs ---"
            echo "Downloading from central: https://repo.maven.apache.org/maven2/a/a.jar"
            echo "Downloaded from central: https://repo.maven.apache.org/maven2/a/a.jar (1.2 MB at 3.4 MB/s)"
            echo "Downloaded from central: https://repo.maven.apache.org/maven2/a/a.pom (512 B at 3.4 kB/s)"
            echo "Downloaded from central: https://repo.maven.apache.org/maven2/b/b.jar (95 kB at 340 kB/s)"
            echo "[INFO] --- maven-compiler-plugin:3.14.1:compile (default-compile) @ batch-jobs ---"
            echo "[INFO] --- maven-jar-plugin:3.5.0:jar (default-jar) @ batch-jobs ---"
            mkdir -p batch-jobs/target/classes
            echo built > batch-jobs/target/census.jar
            if [ -n "${MAVEN_BREAKS:-}" ]; then exit 130; fi
            echo "[INFO] BUILD SUCCESS"
            """;

    private static final String JAVA = """
            #!/bin/sh
            echo "charset $(locale charmap)"
            for word in "$@"; do echo "java $word"; done
            """;

    private final Path root;
    private final Path directory;
    private final Path mavenCalls;
    private Path javaHome;

    /** The end of a start. */
    record Start(int exit, String out, String err) {

        boolean says(String words) {
            return err.contains(words);
        }
    }

    private Checkout(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
        this.mavenCalls = root.resolve("maven-calls");
        this.javaHome = root.resolve("jdk");
    }

    static Checkout in(Path root, String name) throws IOException {
        var checkout = new Checkout(root, Files.createDirectories(root.resolve(name)));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        checkout.copy("census");
        for (var part : List.of("build", "heap", "locale")) checkout.copy("batch-jobs/launcher/" + part);
        for (var source : List.of(
                "pom.xml",
                "batch-jobs/pom.xml",
                "batch-jobs/src/main/java/A.java",
                "sql/README.md",
                "sql/migrations/V001__one.sql",
                "sql/migrations/V002__two.sql",
                "datasets/providers.csv",
                "datasets/offers/SHA256SUMS",
                "datasets/offers/offer.properties")) {
            checkout.write(source, "first");
        }
        checkout.script("jdk/bin/java", JAVA);
        checkout.script("jdk/bin/javac", "#!/bin/sh\n");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        checkout.script("bin/mvn", MAVEN);
        Files.writeString(checkout.mavenCalls, "");
        return checkout;
    }

    /** With the JDK of this test, and a jar that leads to its class path: the program itself, as it is compiled now. */
    static Checkout withProgram(Path root, String name) throws Exception {
        var checkout = in(root, name);
        checkout.start("--version");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.starttlscensus.cli.Census");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(":"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(checkout.jar()), manifest).close();
        checkout.growOld();
        checkout.javaHome = Path.of(System.getProperty("java.home"));
        return checkout;
    }

    Path directory() {
        return directory;
    }

    Path jar() {
        return directory.resolve("batch-jobs/target/census.jar");
    }

    /** What Maven was called with, one call a line. */
    List<String> mavenCalls() throws IOException {
        return Files.readAllLines(mavenCalls);
    }

    Checkout write(String file, String content) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    /** As an editor saves: a new file takes the place of the old one, so its folder changes, too. */
    void save(String file, String content) throws IOException {
        write(file + ".new", content);
        Files.move(directory.resolve(file + ".new"), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    /** So that what follows is newer, however coarse the times of this file system are. */
    void growOld() throws IOException {
        var before = FileTime.from(Instant.now().minusSeconds(3_600));
        try (var files = Files.walk(directory)) {
            for (var file : files.toList()) {
                var later = file.endsWith("census.inputs") ? 2 : file.endsWith("census.jar") ? 1 : 0;
                Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(later)));
            }
        }
    }

    void takeAwayWriting() throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("chmod", "-R", "a-w", directory.toString())
                        .start()
                        .waitFor());
    }

    Start start(String... arguments) throws Exception {
        return start(Map.of(), arguments);
    }

    Start start(Map<String, String> environment, String... arguments) throws Exception {
        return start(List.of(), environment, arguments);
    }

    Start startAsOrdinaryUser(String... arguments) throws Exception {
        var isRoot = "root".equals(System.getProperty("user.name"));
        return start(isRoot ? AS_ORDINARY_USER : List.of(), Map.of(), arguments);
    }

    /**
     * With a flock(1) that says for so many questions that another process holds the lock of the command, and then is
     * the real one.
     */
    Start startWithLockHeld(int questions, String... arguments) throws Exception {
        var asked = Files.writeString(root.resolve("flock-asked"), "");
        script("bin/flock", """
                #!/bin/sh
                if [ "$*" = "-n 9" ]; then
                    echo asked >> '%s'
                    [ "$(wc -l < '%s')" -gt %d ] || exit 1
                fi
                exec /usr/bin/flock "$@"
                """.formatted(asked, asked, questions));
        try {
            return start(arguments);
        } finally {
            Files.delete(root.resolve("bin/flock"));
        }
    }

    /** @param before a command that starts the launcher */
    Start start(List<String> before, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(before);
        command.add(directory.resolve("census").toString());
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(root, "out-", "");
        var err = Files.createTempFile(root, "err-", "");
        var builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(ordinary());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it does not end: " + command);
        }
        return new Start(process.exitValue(), read(out), read(err));
    }

    private Map<String, String> ordinary() {
        var environment = new HashMap<String, String>();
        environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", root.toString());
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("MAVEN_CALLS", mavenCalls.toString());
        return environment;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private void copy(String file) throws IOException {
        var to = directory.resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(Path.of("..").resolve(file), to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    void script(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
