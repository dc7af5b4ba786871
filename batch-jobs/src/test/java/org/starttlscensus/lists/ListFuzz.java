package org.starttlscensus.lists;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;

/** Whatever stands in a list: each line is a domain, a fault or no data; a domain is one however often it is read. */
public final class ListFuzz {

    private ListFuzz() {}

    public static void fuzzerTestOneInput(byte[] list) {
        var lines = new BoundedLines(Path.of("list"), new ByteArrayInputStream(list));
        var reader = new LineReader();
        try {
            while (lines.advance()) check(reader.read(lines), lines);
        } catch (MalformedListException binary) {
            // a NUL: the list is refused
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void check(LineReader.ReadLine readLine, BoundedLines at) {
        switch (readLine) {
            case LineReader.ReadLine.DomainLine(var domain, var _) -> {
                if (!DomainNames.read(domain.ascii()).equals(new ParsedDomain.Usable(domain))) throw new AssertionError(domain);
            }
            case LineReader.ReadLine.Fault(var why) -> new ListLine.Rejected(at.number(), why, at.excerpt());
            case LineReader.ReadLine.WithoutData() -> {}
        }
    }
}
