package org.starttlscensus.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Text by which a peer could control the terminal of a reader. A character below U+0100 stands for one octet. */
final class HostileText {

    private static final List<String> CSI = List.of(
            "31m", "2J", "H", "6n", "?1049h", "?25l", "5;5H", "0K", "1A", "8m", ">c", "20t", "s", "u", "4h", "!p");
    private static final List<String> OSC = List.of(
            "0;title",
            "2;title",
            "8;;http://evil.example/",
            "52;c;cm0gLXJmIH4=",
            "4;1;?",
            "10;?",
            "1337;File=name=eA==:eA==",
            "777;notify;a;b",
            "9;4;1;50",
            "133;C");
    private static final List<String> STRINGS = List.of("P$q\"p", "_payload", "^payload", "Xpayload");
    private static final List<String> BIDI = List.of(
            "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e",
            "\u200f", "\u061c", "\u200b", "\u2028", "\u2029", "\ufeff", "\u00ad");

    private HostileText() {}

    /** More than 200, each with text around it, so that the output is not empty. */
    static List<String> sequences() {
        var all = new ArrayList<String>();
        for (var introducer : List.of("\u001b[", "\u009b")) CSI.forEach(body -> all.add(introducer + body));
        for (var introducer : List.of("\u001b]", "\u009d")) {
            for (var terminator : List.of("\u0007", "\u001b\\", "\u009c"))
                OSC.forEach(body -> all.add(introducer + body + terminator));
        }
        for (var introducer : STRINGS) all.add("\u001b" + introducer + "\u001b\\");
        Stream.of("c", "7", "8", "D", "M", "E", "H", "=", ">", "#8", "(0", "*B", "n", "o", "|", "}", "~")
                .forEach(body -> all.add("\u001b" + body));
        IntStream.range(0, 0x20)
                .filter(control -> control != '\n')
                .forEach(control -> all.add(Character.toString(control)));
        IntStream.rangeClosed(0x7f, 0x9f).forEach(control -> all.add(Character.toString(control)));
        all.addAll(BIDI);
        all.addAll(List.of(
                "\rcensus: all is well",
                "abc\b\b\bxyz",
                "\u000e\u000f",
                "a\u000bb\u000cc",
                "\udb40\udc41",
                "\u0010\u0018\u001a"));
        return all.stream().map(sequence -> "before " + sequence + " behind").toList();
    }

    /** As octets on the wire: characters below U+0100 as one octet, the others as UTF-8. */
    static String octets(String sequence) {
        return sequence.chars().allMatch(character -> character < 0x100)
                ? sequence
                : new String(sequence.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * No control character but line ends and none that turns or hides text: neither as text nor, read as octets, on
     * an 8-bit terminal.
     */
    static boolean isHarmless(String printed) {
        return printed.codePoints().allMatch(point -> point == '\n' || !isHarmful(point))
                && printed.getBytes(StandardCharsets.UTF_8).length == printed.length();
    }

    private static boolean isHarmful(int point) {
        return Character.isISOControl(point)
                || Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.LINE_SEPARATOR
                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR;
    }
}
