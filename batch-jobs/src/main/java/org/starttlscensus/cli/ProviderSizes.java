package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.starttlscensus.ledger.Forecast;

/**
 * Reads a file of provider sizes. Its lines are {@code provider,servers} or {@code provider,servers,seconds};
 * {@code #} begins a comment. A line that cannot be read is an {@link IllegalArgumentException} that says where it
 * is.
 */
final class ProviderSizes {

    private static final int MOST_SERVERS = 2_000_000;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.:/-]{0,80}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3})?");

    private ProviderSizes() {}

    /** @param otherwise the length of a call if the line does not give it */
    static List<Forecast.Size> read(Path file, Duration otherwise) {
        var sizes = new ArrayList<Forecast.Size>();
        long servers = 0;
        try (var lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line; (line = lines.readLine()) != null; ) {
                number++;
                if (line.isBlank() || line.startsWith("#") || (number == 1 && line.startsWith("provider,"))) continue;
                var size = size(file, number, line.replaceFirst(",\\s*$", "").split(",", -1), otherwise);
                servers += size.servers();
                if (servers > MOST_SERVERS)
                    throw fault(file, number, "servers", line, "at most %,d servers in all".formatted(MOST_SERVERS));
                sizes.add(size);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read (%s)".formatted(file, e.getMessage()));
        }
        if (sizes.isEmpty())
            throw new IllegalArgumentException(
                    file + " has no provider; a line is provider,servers or provider,servers,seconds");
        return sizes;
    }

    private static Forecast.Size size(Path file, int number, String[] cells, Duration otherwise) {
        if (cells.length < 2 || cells.length > 3) {
            throw fault(
                    file,
                    number,
                    "provider",
                    String.join(",", cells),
                    "a line is provider,servers or provider,servers,seconds");
        }
        if (!NAME.matcher(cells[0].strip()).matches())
            throw fault(file, number, "provider", cells[0], "a name such as example.net");
        if (!cells[1].strip().matches("[0-9]{1,7}") || Integer.parseInt(cells[1].strip()) == 0) {
            throw fault(file, number, "servers", cells[1], "a whole number of servers, at least 1");
        }
        if (cells.length == 3 && !SECONDS.matcher(cells[2].strip()).matches()) {
            throw fault(file, number, "seconds", cells[2], "the length of a call in seconds, such as 2.5");
        }
        return new Forecast.Size(
                cells[0].strip(),
                Integer.parseInt(cells[1].strip()),
                cells.length == 2
                        ? otherwise
                        : Duration.ofMillis(Math.round(1_000 * Double.parseDouble(cells[2].strip()))));
    }

    private static IllegalArgumentException fault(Path file, int line, String column, String seen, String allowed) {
        return new IllegalArgumentException("%s, line %d, column %s: seen \"%s\"; expected %s. Nothing was simulated."
                .formatted(file, line, column, seen.substring(0, Math.min(seen.length(), 60)), allowed));
    }
}
