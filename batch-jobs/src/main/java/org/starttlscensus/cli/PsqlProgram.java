package org.starttlscensus.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.store.ReaderRole;

/** The program psql, where it is installed. */
record PsqlProgram(Path file) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    /** Of libpq: they would lead psql to another server. */
    private static final List<String> OTHER_WAYS = List.of("PGSERVICE", "PGSERVICEFILE", "PGHOSTADDR", "PGPASSWORD");

    /** @throws DatabaseException if there is none */
    static PsqlProgram ofThisMachine() {
        return find(Optional.ofNullable(System.getenv("PATH")).orElse(""), DEBIAN)
                .orElseThrow(() -> new DatabaseException(
                        DatabaseException.DatabaseProblem.UNREACHABLE,
                        ("there is no psql in PATH or %s. Install one, for example: apt-get install postgresql-client; "
                                        + "or use another program: %s database serve")
                                .formatted(DEBIAN, CommandName.typed())));
    }

    /** @param debian the folder in which Debian has one folder for each version */
    static Optional<PsqlProgram> find(String path, Path debian) {
        return Stream.concat(Stream.of(path.split(File.pathSeparator)).map(Path::of), newestFirst(debian))
                .map(folder -> folder.resolve("psql"))
                .filter(file -> file.isAbsolute() && Files.isExecutable(file) && Files.isRegularFile(file))
                .findFirst()
                .map(PsqlProgram::new);
    }

    private static Stream<Path> newestFirst(Path debian) {
        try (var versions = Files.list(debian)) {
            return versions
                    .filter(version -> version.getFileName().toString().matches("[0-9]{1,4}"))
                    .sorted(Comparator.comparing((Path version) ->
                                    Integer.valueOf(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }

    /** Runs it on our terminal until it ends. Ctrl-C is psql's: it breaks off a statement, not the session. */
    int run(ReaderAccess access, List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).inheritIO();
        lead(builder.environment(), access);
        var psql = builder.start();
        var over = StopOnSignal.whileOnTerminal(psql);
        try {
            return psql.waitFor();
        } finally {
            over.run();
        }
    }

    /** The embedded server speaks no TLS; on a server of the operator's it is the operator who says whether it must. */
    static void lead(Map<String, String> environment, ReaderAccess access) {
        OTHER_WAYS.forEach(environment::remove);
        if (access.passwordFile().isPresent()) environment.remove("PGSSLMODE");
        environment.put("PGHOST", access.address().host());
        environment.put("PGPORT", Integer.toString(access.address().port()));
        environment.put("PGDATABASE", access.address().database());
        environment.put("PGUSER", ReaderRole.NAME);
        environment.put("PGAPPNAME", "census database psql");
        access.passwordFile().ifPresent(password -> environment.put("PGPASSFILE", password.toString()));
    }
}
