package org.starttlscensus.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A process that calls for a database: it takes the right, then makes a call for each line on its standard input. */
final class CallingProcess {

    private static final String LOCK = "lock";

    private CallingProcess() {}

    static Process start(Path place, String identity) throws IOException {
        return process(List.of(), System.getProperty("java.class.path"), place.toString(), identity);
    }

    /** One that only keeps the file locked. */
    static Process locking(Path file) throws IOException {
        return process(List.of(), System.getProperty("java.class.path"), file.toString(), LOCK);
    }

    /**
     * A process of another user, with the strictest umask.
     *
     * @param classes a folder that this user can read, with the classes of this package
     */
    static Process startAs(int user, Path classes, Path place, String identity) throws IOException {
        var by = List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "sh",
                "-c",
                "umask 077; exec \"$@\"",
                "sh");
        return process(by, classes.toString(), place.toString(), identity);
    }

    private static Process process(List<String> by, String classPath, String... arguments) throws IOException {
        var command = new ArrayList<>(by);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                CallingProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    public static void main(String[] arguments) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var place = Path.of(arguments[0]);
        if (arguments[1].equals(LOCK)) {
            try (var channel = FileChannel.open(place, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                System.out.println("locked " + lock.isValid());
                lines.readLine();
            }
            return;
        }
        try {
            var lease = new MachineContacts(List.of(place), InstantSource.system())
                    .lease(new CallingDatabase(arguments[1], "test", "a process"));
            System.out.println("taken");
            while (lines.readLine() != null) {
                lease.beforeCall();
                System.out.println("called");
            }
        } catch (MachineTakenException refused) {
            System.out.println("refused");
        } catch (MachineFileException unusable) {
            System.out.println("unusable: " + unusable.getMessage());
        }
    }
}
