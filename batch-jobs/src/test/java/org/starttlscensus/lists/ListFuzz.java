package org.starttlscensus.lists;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;

/** For any file contents, each line is a domain, a fault or no data, and a parsed domain parses to itself. */
public final class ListFuzz {

    private ListFuzz() {}

    public static void fuzzerTestOneInput(byte[] list) {
        var lines = new BoundedLines(new ByteArrayInputStream(list), LineReader.MOST_OCTETS);
        var reader = new LineReader();
        try {
            while (lines.advance() && !lines.hasNul()) check(reader.read(lines), lines); // a list with a NUL is refused
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void check(LineReader.ReadLine readLine, BoundedLines at) {
        switch (readLine) {
            case LineReader.ReadLine.DomainLine(var domain, var _) -> {
                if (!DomainNames.read(domain.ascii()).equals(new ParsedDomain.Usable(domain)))
                    throw new AssertionError(domain);
            }
            case LineReader.ReadLine.Fault(var why) ->
                new ListLine.Rejected(at.number(), why, at.excerpt(ListLine.Rejected.MOST_EXCERPT));
            case LineReader.ReadLine.WithoutData() -> {}
        }
    }
}
