package org.starttlscensus.lists;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.starttlscensus.fact.Octets;

/**
 * A file of the lines of a list that name no mail domain, one line each: the line number, why, and the beginning of the
 * content, escaped. It gets its name when it is whole. Not thread-safe.
 */
public final class RejectedLines implements AutoCloseable {

    private final Path target;
    private final Path unfinished;
    private final BufferedWriter out;

    private RejectedLines(Path target, Path unfinished, BufferedWriter out) {
        this.target = target;
        this.unfinished = unfinished;
        this.out = out;
    }

    /** @param list as the operator named it */
    public static RejectedLines of(String list, Path target) throws IOException {
        var folder = target.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        var unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
        var lines = new RejectedLines(target, unfinished, Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8));
        lines.write("# Lines of " + Excerpt.of(list) + " that name no mail domain: line number, why, content\n");
        return lines;
    }

    /** @param label of the reason, as {@link LineRejection#label} gives it */
    public void add(long number, String label, Octets content) {
        write(number + "\t" + LineRejection.describe(label) + "\t" + Excerpt.wholly(content) + "\n");
    }

    /** Gives the file its name. */
    public Path finish() throws IOException {
        out.close();
        return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(unfinished);
    }
}
