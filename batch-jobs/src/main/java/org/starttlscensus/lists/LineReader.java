package org.starttlscensus.lists;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.NameFault;
import org.starttlscensus.names.ParsedDomain;

/**
 * Parses the lines of a list. A header, or else the first valid line, decides which columns all lines have. Each line
 * is parsed as a CSV record of its own, so a stray quotation mark spoils one line and not the rest of the file. Not
 * thread-safe.
 */
final class LineReader {

    /** The content of one line. Unlike {@link ListLine}, it includes lines without data. */
    sealed interface ReadLine {
        record DomainLine(MailDomain domain, OptionalInt rank) implements ReadLine {}

        record Fault(LineRejection why) implements ReadLine {}

        record WithoutData() implements ReadLine {}
    }

    /** A name of 253 octets as A-labels has at most about 900 octets as UTF-8. Rank and quotation marks add to that. */
    static final int MOST_OCTETS = 1_024;

    private static final ReadLine WITHOUT_DATA = new ReadLine.WithoutData();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CsvReader.CsvReaderBuilder csv = CsvReader.builder().allowUnclosedQuote(false);
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private @Nullable ListColumns columns;
    private boolean hasText;
    private Optional<ForeignFormat> foreignFormat = Optional.empty();
    private long foreignFormatAt;

    /** The format that the lines before the first valid one suggest, if it is one that we do not read. */
    Optional<ForeignFormat> foreignFormat() {
        return foreignFormat;
    }

    /** The number of the line that suggests it. */
    long foreignFormatAt() {
        return foreignFormatAt;
    }

    ReadLine read(BoundedLines lines) {
        if (lines.length() > 0 && lines.buffer()[0] == '#') return WITHOUT_DATA;
        if (lines.isTooLong()) return fault(LineFault.LINE_TOO_LONG);
        String text;
        try {
            text = decode(lines);
        } catch (CharacterCodingException notUtf8) {
            return fault(lines.hasLineEnd() ? LineFault.NOT_UTF8 : LineFault.NO_LINE_END);
        }
        if (lines.number() == 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.substring(1);
        text = text.strip();
        if (text.isEmpty() || text.startsWith("#")) return WITHOUT_DATA;
        var first = !hasText;
        hasText = true;
        if (first && isHeader(text)) return WITHOUT_DATA;
        return lines.hasLineEnd() ? data(text, lines.number()) : fault(LineFault.NO_LINE_END);
    }

    private String decode(BoundedLines lines) throws CharacterCodingException {
        for (int i = 0; i < lines.length(); i++) {
            if (lines.buffer()[i] < 0)
                return utf8.decode(ByteBuffer.wrap(lines.buffer(), 0, lines.length()))
                        .toString();
        }
        return new String(lines.buffer(), 0, lines.length(), StandardCharsets.ISO_8859_1);
    }

    private boolean isHeader(String text) {
        var header = fields(text).flatMap(ListColumns::ofHeader);
        header.ifPresent(found -> columns = found);
        return header.isPresent();
    }

    private ReadLine data(String text, long number) {
        var fields = fields(text);
        var known = columns;
        if (known == null && foreignFormat.isEmpty()) {
            foreignFormat = ForeignFormat.of(text);
            foreignFormatAt = number;
        }
        if (fields.isEmpty()) return fault(LineFault.BROKEN_QUOTES);
        if (known != null) return data(fields.get(), known);
        var suggested = ListColumns.ofFirstLine(fields.get());
        var readLine = data(fields.get(), suggested);
        if (readLine instanceof ReadLine.DomainLine) columns = suggested;
        return readLine;
    }

    /** The fields of a line of CSV; empty if its quotation marks are unbalanced. */
    private Optional<List<String>> fields(String text) {
        if (text.indexOf(',') < 0 && !text.startsWith("\"")) return Optional.of(List.of(text));
        try {
            return Optional.of(csv.ofSingleCsvRecord(text).getFields());
        } catch (CsvParseException broken) {
            return Optional.empty();
        }
    }

    private ReadLine data(List<String> fields, ListColumns known) {
        if (fields.size() != known.count()) return fault(LineFault.WRONG_COLUMNS);
        var domain = fields.get(known.domain()).strip();
        if (known.rank().isEmpty()) return domain(domain, OptionalInt.empty(), known);
        var rank = fields.get(known.rank().getAsInt()).strip();
        if (!rank.chars().allMatch(digit -> digit >= '0' && digit <= '9') || rank.isEmpty()) {
            return fault(LineFault.RANK_NOT_A_NUMBER);
        }
        if (rank.length() > 10 || Long.parseLong(rank) < 1 || Long.parseLong(rank) > Integer.MAX_VALUE) {
            return fault(LineFault.RANK_OUT_OF_RANGE);
        }
        return domain(domain, OptionalInt.of(Integer.parseInt(rank)), known);
    }

    private static ReadLine domain(String text, OptionalInt rank, ListColumns known) {
        if (!known.isOrigin()) return name(text, rank);
        var host = Origins.host(text);
        if (host.isEmpty()) return fault(LineFault.NOT_AN_ORIGIN);
        var readLine = name(host.get(), rank);
        return readLine instanceof ReadLine.DomainLine(var domain, var _)
                ? new ReadLine.DomainLine(Origins.registrable(domain), rank)
                : readLine;
    }

    private static ReadLine name(String text, OptionalInt rank) {
        return switch (DomainNames.read(text)) {
            case ParsedDomain.Usable(var domain) -> new ReadLine.DomainLine(domain, rank);
            case ParsedDomain.Unusable(NameFault reason) -> new ReadLine.Fault(new LineRejection.OfName(reason));
        };
    }

    private static ReadLine fault(LineFault fault) {
        return new ReadLine.Fault(new LineRejection.OfLine(fault));
    }
}
