package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.postgres.ReaderPassword;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.DatabaseAddress;
import org.starttlscensus.store.ReaderRole;
import org.starttlscensus.store.ReaderRole.ReaderPart;

/**
 * How a reader reaches the database. On the embedded server the role of readers is made on the way, and put right.
 *
 * @param passwordFile of the embedded server; empty on the operator's own, which knows how readers log in
 * @param missing      what of the role is missing, because the census changes nothing on a server of the operator's
 */
record ReaderAccess(DatabaseAddress address, Optional<Path> passwordFile, List<ReaderPart> missing) {

    static ReaderAccess of(Database database) {
        var role = new ReaderRole(database);
        var missing = role.prepare();
        var password = database.embeddedDirectory().map(ReaderAccess::password);
        password.map(ReaderPassword::password).ifPresent(role::ensurePassword);
        return new ReaderAccess(database.address(), password.map(ReaderPassword::file), missing);
    }

    private static ReaderPassword password(Path directory) {
        try {
            return ReaderPassword.of(directory, ReaderRole.NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasRole() {
        return !missing.contains(ReaderPart.ROLE);
    }

    void print(PrintWriter out) {
        if (hasRole()) printWays(out);
        if (missing.isEmpty()) return;
        out.printf(
                "%n%s%nOn your own server this command changes nothing. As its administrator, run in database %s:%n%n",
                hasRole()
                        ? "Still missing for readers: " + String.join("; ", words())
                        : "There is no role %s yet.".formatted(ReaderRole.NAME),
                address.database());
        for (var part : missing) out.printf("%s%n%n", part.sql());
    }

    private List<String> words() {
        return missing.stream().map(ReaderPart::words).toList();
    }

    private void printWays(PrintWriter out) {
        var url = address.url(ReaderRole.NAME, passwordFile);
        out.printf(
                "  %-9s %s, port %d, database %s, role %s%n",
                "where", address.host(), address.port(), address.database(), ReaderRole.NAME);
        out.printf(
                "  %-9s %s%n",
                "password",
                passwordFile
                        .map(file -> "in " + file + ", which only you can read")
                        .orElse("as your server has it; set one with: \\password " + ReaderRole.NAME));
        out.printf("  %-9s %s%n", "URL", url);
        out.printf("  %-9s psql '%s'%n", "psql", url);
        out.printf(
                "  %-9s ATTACH '%s' AS census (TYPE postgres, READ_ONLY); SELECT * FROM census.pub.night;%n",
                "DuckDB", url);
        out.printf("  %-9s psycopg.connect(\"%s\")%n", "Python", url);
        out.printf(
                "  %-9s %s?user=%s%s%n",
                "JDBC",
                address.jdbcUrl(),
                ReaderRole.NAME,
                passwordFile
                        .map(file -> "   with PGPASSFILE=" + file + " in the environment")
                        .orElse(""));
    }
}
