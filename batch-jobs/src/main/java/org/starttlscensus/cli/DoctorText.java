package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.List;
import org.starttlscensus.preflight.PreflightFinding;
import org.starttlscensus.preflight.PreflightSeverity;

/** Findings for people: what is fine in a line, the rest with why it matters and what to do. */
final class DoctorText {

    private final PrintWriter out;

    DoctorText(PrintWriter out) {
        this.out = out;
    }

    void print(List<PreflightFinding> findings) {
        findings.forEach(this::print);
        out.flush();
    }

    private void print(PreflightFinding finding) {
        lines("%-9s ".formatted(word(finding.severity())), seen(finding));
        switch (finding.severity()) {
            case FINE, NOT_ASKED -> {}
            case WARN, REFUSE -> {
                lines("          why:   ", finding.check().why());
                lines("          to do: ", finding.toDo());
            }
        }
    }

    private void lines(String first, String text) {
        WrappedText.lines(first, Printable.line(text)).forEach(out::println);
    }

    /** What was looked at, and what was seen, in one line. */
    static String seen(PreflightFinding finding) {
        var about = finding.about().isEmpty() ? "" : " " + finding.about();
        return Printable.line("%s%s: %s".formatted(finding.check().words(), about, finding.seen()));
    }

    static String word(PreflightSeverity severity) {
        return switch (severity) {
            case FINE -> "fine";
            case NOT_ASKED -> "not asked";
            case WARN -> "warning";
            case REFUSE -> "REFUSED";
        };
    }
}
