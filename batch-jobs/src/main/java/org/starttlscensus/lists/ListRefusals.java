package org.starttlscensus.lists;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.starttlscensus.fact.Counted;

/** Why a file is no list, in words for the operator, and what to do. */
final class ListRefusals {

    private static final String FORMATS =
            "one domain per line, \"rank,domain\", or columns under a header with \"domain\" or \"origin\"";

    private ListRefusals() {}

    static MalformedListException tooManyRejected(
            Path file, ListTolerance tolerance, ListCount count, List<String> examples) {
        if (count.dataLines() == 0) {
            return MalformedListException.in(
                    file, "the file has no data line", FORMATS, MalformedListException.DOWNLOAD_AGAIN);
        }
        return MalformedListException.in(
                file,
                "%,d of %s %s no mail domain (%s%s)"
                        .formatted(
                                count.rejected(),
                                Counted.of(count.dataLines(), "line"),
                                count.rejected() == 1 ? "contains" : "contain",
                                String.join("; ", examples),
                                count.rejected() > examples.size()
                                        ? "; and %,d more".formatted(count.rejected() - examples.size())
                                        : ""),
                count.accepted() == 0 ? "at least one that does" : "at most " + tolerance + " of them",
                MalformedListException.DOWNLOAD_AGAIN
                        + (count.accepted() == 0
                                ? ""
                                : " To accept the list and skip its malformed lines: --tolerate-malformed "
                                        + ListTolerance.leastFor(count)));
    }

    static MalformedListException foreign(Path file, UnpackedFile contents, ForeignFormat format, long line) {
        return MalformedListException.at(
                file, line, format.seen(), FORMATS, Conversion.of(file, contents.reader(), format.filter()));
    }

    static MalformedListException binary(Path file, long line) {
        return OneFileZip.unread(file)
                .orElseGet(() -> MalformedListException.at(
                        file,
                        line,
                        "a NUL octet, as in a binary file or UTF-16",
                        "text in UTF-8, one domain per line",
                        "Provide the list as UTF-8 text, uncompressed or compressed once with gzip or zip."));
    }

    static MalformedListException changed(PinnedList pinned, PinnedList now) {
        return MalformedListException.in(
                pinned.file(),
                "a file with SHA-256 " + now.sha256Hex(),
                "the file with which this night began, SHA-256 " + pinned.sha256Hex(),
                "Restore that file, or use the new one in another night.");
    }

    static MalformedListException tooMuchInput() {
        return MalformedListException.in(
                Path.of("-"),
                "more than %d GiB on standard input".formatted(UnpackedFile.MOST_UNPACKED >> 30),
                "at most that much in one list",
                "Split it into several files.");
    }

    static MalformedListException unreadable(Path file, IOException failed) {
        var seen = switch (failed) {
            case NoSuchFileException _ -> "the file does not exist";
            case EOFException _ -> "the compressed file ends too early";
            case ZipException damaged -> "the compressed file is damaged (" + damaged.getMessage() + ")";
            case AccessDeniedException _ -> "this user may not read the file";
            case IOException other -> "the file cannot be read (" + other.getMessage() + ")";
        };
        return MalformedListException.in(
                file,
                seen,
                "a readable list of domains, uncompressed or compressed once with gzip or zip",
                "Check the path and its permissions. " + MalformedListException.DOWNLOAD_AGAIN);
    }
}
