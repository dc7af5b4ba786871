package org.starttlscensus.fact;

import java.util.regex.Pattern;

/**
 * Traces of something on the way that paints over a dialogue: with the letter X, or with one sign or blank again and
 * again. What lies below cannot be known.
 */
final class Mask {

    /** Six X or blanks in a row, or three of a sign that nobody draws lines with. Fewer occur in ordinary text. */
    private static final Pattern PAINT = Pattern.compile("[Xx]{6}|[ \\t]{6}|([^\\p{Alnum}\\s=_.-])\\1\\1");

    private static final Pattern CODE = Pattern.compile("^[2-5]\\d\\d[ -]?");

    /** The same at the start of a keyword, which cannot begin with a sign, or a keyword of nothing but blanks. */
    private static final Pattern KEYWORD = Pattern.compile(
            "(?:\\s{0,5}(?:[Xx]{6}|([^\\p{Alnum}\\s=_.-])\\1\\1)|[ \\t]{6}).*|[ \\t]{2,6}", Pattern.DOTALL);

    private Mask() {}

    /** Whether this text is painted over: there is paint, and no letter but X is left. */
    static boolean covers(String text) {
        return PAINT.matcher(text).find() && text.chars().noneMatch(Mask::isLetterButX);
    }

    /** The same for a line with a code, whole or not. */
    static boolean coversBehindCode(String line) {
        return covers(CODE.matcher(line).replaceFirst(""));
    }

    private static boolean isLetterButX(int character) {
        return Character.isLetter(character) && character != 'X' && character != 'x';
    }

    /** Whether the keyword of an EHLO line is painted over, or its beginning. */
    static boolean coversKeyword(String text) {
        return KEYWORD.matcher(text).matches();
    }
}
