package org.starttlscensus.names;

import com.ibm.icu.text.IDNA;
import java.util.Optional;

/**
 * Converts the names that need Unicode's tables: those with a non-ASCII character, or with an A-label to be checked.
 *
 * @see <a href="https://www.unicode.org/reports/tr46/#ToASCII">UTS #46, section 4.2: ToASCII</a>
 */
final class Uts46 {

    private static final IDNA STRICT = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    private Uts46() {}

    static AsciiName toAscii(String name) {
        var info = new IDNA.Info();
        var ascii = STRICT.nameToASCII(name, new StringBuilder(), info).toString();
        var fault = info.getErrors().stream()
                .filter(error -> error != IDNA.Error.HYPHEN_3_4)
                .map(Uts46::fault)
                .findFirst()
                .or(() -> info.getErrors().isEmpty() ? Optional.empty() : misplacedHyphens(name))
                .or(() -> Ldh.fault(ascii));
        return fault.isPresent() ? new AsciiName.Refused(fault.get()) : new AsciiName.Converted(ascii);
    }

    /** Hyphens in the third and fourth position are harmless in ASCII labels; in others they could hide an A-label. */
    private static Optional<NameFault> misplacedHyphens(String name) {
        var unicode =
                STRICT.nameToUnicode(name, new StringBuilder(), new IDNA.Info()).toString();
        for (var label : unicode.split("\\.", -1)) {
            var ascii = label.chars().allMatch(character -> character < 0x80);
            if (label.startsWith("--", 2) && (!ascii || label.startsWith("xn"))) {
                return Optional.of(NameFault.MISPLACED_HYPHENS);
            }
        }
        return Optional.empty();
    }

    private static NameFault fault(IDNA.Error error) {
        return switch (error) {
            case EMPTY_LABEL -> NameFault.EMPTY_LABEL;
            case LABEL_TOO_LONG -> NameFault.LABEL_TOO_LONG;
            case DOMAIN_NAME_TOO_LONG -> NameFault.NAME_TOO_LONG;
            case LEADING_HYPHEN, TRAILING_HYPHEN -> NameFault.HYPHEN_AT_EDGE;
            case HYPHEN_3_4 -> NameFault.MISPLACED_HYPHENS;
            case LEADING_COMBINING_MARK -> NameFault.MISPLACED_MARK;
            case DISALLOWED, CONTEXTO_PUNCTUATION, CONTEXTO_DIGITS -> NameFault.DISALLOWED_CHARACTER;
            case PUNYCODE, LABEL_HAS_DOT, INVALID_ACE_LABEL -> NameFault.INVALID_A_LABEL;
            case BIDI -> NameFault.MIXED_DIRECTION;
            case CONTEXTJ -> NameFault.MISPLACED_JOINER;
        };
    }
}
