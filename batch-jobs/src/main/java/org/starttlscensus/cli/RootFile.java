package org.starttlscensus.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.Pem;

/**
 * Root certificates in a file: PEM, or a package that contains PEM. The kind is told by the first octets. Everything is
 * bounded, because a package may be anything.
 */
final class RootFile {

    private static final int MOST_OCTETS = 16 * 1024 * 1024;
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_MAGIC = 8;
    private static final int XZ_KIBIBYTES = 128 * 1024;

    private RootFile() {}

    /**
     * @return the roots as DER, at least one
     * @throws RefusedRequestException if the file cannot be used; it says why
     */
    static List<Octets> read(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var roots = Pem.certificates(text(in));
            if (roots.isEmpty()) throw refused(file, "it contains no \"-----BEGIN CERTIFICATE-----\"");
            return roots.stream().distinct().toList();
        } catch (IOException | IllegalArgumentException unusable) {
            throw refused(file, words(unusable));
        }
    }

    private static String words(Exception unusable) {
        return switch (unusable) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this user may not read it";
            default -> Objects.requireNonNullElseGet(unusable.getMessage(), unusable::toString); // any other
        };
    }

    private static String text(BufferedInputStream in) throws IOException {
        in.mark(LONGEST_MAGIC);
        var magic = Octets.of(in.readNBytes(LONGEST_MAGIC));
        in.reset();
        var begin = magic.hex();
        if (begin.startsWith("504b0304")) return roots(new ZipArchiveInputStream(in));
        if (begin.startsWith("1f8b")) return roots(new TarArchiveInputStream(new GZIPInputStream(in)));
        if (begin.startsWith("fd377a585a00")) {
            return roots(new TarArchiveInputStream(XZCompressorInputStream.builder()
                    .setInputStream(in)
                    .setMemoryLimitKiB(XZ_KIBIBYTES)
                    .get()));
        }
        if (magic.latin1().equals("!<arch>\n")) return ofDebian(new ArArchiveInputStream(in));
        return bounded(in);
    }

    /** A Debian package is an archive of two archives; the second, {@code data.tar}, has the files. */
    private static String ofDebian(ArArchiveInputStream archive) throws IOException {
        for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            if (entry.getName().startsWith("data.tar")) return text(new BufferedInputStream(archive));
        }
        throw new IOException("it is a Debian package without data.tar");
    }

    /** A {@code cacert.pem} alone is the bundle. Without one, all files of a folder {@code mozilla} are. */
    private static String roots(ArchiveInputStream<? extends ArchiveEntry> archive) throws IOException {
        var single = new ArrayList<String>();
        int octets = 0;
        int entries = 0;
        for (ArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            if (++entries > MOST_ENTRIES) throw new IOException("it has more than %,d files".formatted(MOST_ENTRIES));
            var path = "/" + entry.getName();
            if (path.endsWith("/cacert.pem")) return bounded(archive);
            if (!path.contains("/mozilla/") || !path.endsWith(".crt")) continue;
            var root = bounded(archive);
            octets += root.length();
            if (octets > MOST_OCTETS) throw tooLong();
            single.add(root);
        }
        if (single.isEmpty()) throw new IOException("it has neither a cacert.pem nor a folder mozilla with .crt files");
        return String.join("\n", single);
    }

    private static String bounded(InputStream in) throws IOException {
        var octets = in.readNBytes(MOST_OCTETS + 1);
        if (octets.length > MOST_OCTETS) throw tooLong();
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static IOException tooLong() {
        return new IOException("it has more than %,d octets".formatted(MOST_OCTETS));
    }

    private static RefusedRequestException refused(Path file, String seen) {
        return new RefusedRequestException("""
                %s: no roots can be read from it: %s. Expected a PEM file, certifi's .whl, Debian's ca-certificates as \
                .deb, or a .zip, .tgz or .tar.xz with a cacert.pem. Nothing was changed.\
                """.formatted(Printable.line(file.toString()), Printable.line(seen)));
    }
}
