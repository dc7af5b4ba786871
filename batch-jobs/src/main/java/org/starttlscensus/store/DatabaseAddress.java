package org.starttlscensus.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where clients find a database.
 *
 * @param host without brackets
 */
public record DatabaseAddress(String host, int port, String database) {

    static DatabaseAddress of(PGSimpleDataSource source) {
        return new DatabaseAddress(
                source.getServerNames()[0].replaceAll("[\\[\\]]", ""),
                source.getPortNumbers()[0] == 0 ? 5_432 : source.getPortNumbers()[0],
                Optional.ofNullable(source.getDatabaseName()).orElse("census"));
    }

    /** For libpq, and with it for psql, DuckDB and Python. */
    public String url(String role, Optional<Path> passwordFile) {
        return "postgresql://%s@%s:%d/%s%s"
                .formatted(
                        role,
                        bracketed(),
                        port,
                        encoded(database),
                        passwordFile.map(file -> "?passfile=" + encoded(file)).orElse(""));
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(bracketed(), port, encoded(database));
    }

    private String bracketed() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String encoded(Path file) {
        return encoded(file.toString()).replace("%2F", "/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
