package org.starttlscensus.lists;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;

/** Whatever stands in a list: each line is a domain, a fault or no data; a domain is one however often it is read. */
public final class ListFuzz {

    private ListFuzz() {}

    public static void fuzzerTestOneInput(byte[] list) {
        var lines = new BoundedLines(new ByteArrayInputStream(list), LineReader.MOST_OCTETS);
        var reader = new LineReader();
        try {
            while (lines.advance() && !lines.hasNul()) check(reader.read(lines), lines); // a NUL: the list is refused
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
