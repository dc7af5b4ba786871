package org.starttlscensus.lists;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.NameFault;
import org.starttlscensus.names.ParsedDomain;

/**
 * Parses the lines of a list. The first valid line decides whether all lines are {@code rank,domain} or names alone.
 * Each line is parsed as a CSV record of its own, so a stray quotation mark spoils one line and not the rest of the
 * file. Not thread-safe.
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

    private enum Shape {
        UNDECIDED,
        NAMES,
        RANKED
    }

    private static final ReadLine WITHOUT_DATA = new ReadLine.WithoutData();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final CsvReader.CsvReaderBuilder csv = CsvReader.builder().allowUnclosedQuote(false);
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private Shape shape = Shape.UNDECIDED;
    private boolean hasText;

    ReadLine read(BoundedLines lines) {
        if (lines.length() > 0 && lines.buffer()[0] == '#') return WITHOUT_DATA;
        if (lines.isTooLong()) return fault(LineFault.LINE_TOO_LONG);
        String text;
        try {
            text = decode(lines);
        } catch (CharacterCodingException notUtf8) {
            return fault(LineFault.NOT_UTF8);
        }
        if (lines.number() == 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.substring(1);
        text = text.strip();
        if (text.isEmpty() || text.startsWith("#")) return WITHOUT_DATA;
        var first = !hasText;
        hasText = true;
        return first && isHeader(text) ? WITHOUT_DATA : data(text);
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
        if (text.equalsIgnoreCase("domain")) shape = Shape.NAMES;
        if (text.equalsIgnoreCase("rank,domain")) shape = Shape.RANKED;
        return shape != Shape.UNDECIDED;
    }

    private ReadLine data(String text) {
        var ranked = text.indexOf(',') >= 0;
        var readLine = switch (shape) {
            case UNDECIDED -> ranked ? record(text) : name(text, OptionalInt.empty());
            case NAMES -> ranked ? fault(LineFault.WRONG_COLUMNS) : name(text, OptionalInt.empty());
            case RANKED -> record(text);
        };
        if (shape == Shape.UNDECIDED && readLine instanceof ReadLine.DomainLine)
            shape = ranked ? Shape.RANKED : Shape.NAMES;
        return readLine;
    }

    private ReadLine record(String text) {
        List<String> fields;
        try {
            fields = csv.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException broken) {
            return fault(LineFault.BROKEN_QUOTES);
        }
        if (fields.size() != 2) return fault(LineFault.WRONG_COLUMNS);
        var rank = fields.getFirst().strip();
        if (!rank.chars().allMatch(digit -> digit >= '0' && digit <= '9') || rank.isEmpty()) {
            return fault(LineFault.RANK_NOT_A_NUMBER);
        }
        if (rank.length() > 10 || Long.parseLong(rank) < 1 || Long.parseLong(rank) > Integer.MAX_VALUE) {
            return fault(LineFault.RANK_OUT_OF_RANGE);
        }
        return name(fields.getLast().strip(), OptionalInt.of(Integer.parseInt(rank)));
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
