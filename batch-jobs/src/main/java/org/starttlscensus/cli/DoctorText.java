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
        var about = finding.about().isEmpty() ? "" : " " + finding.about();
        lines(
                "%-9s ".formatted(word(finding.severity())),
                "%s%s: %s".formatted(finding.check().words(), about, finding.seen()));
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

    static String word(PreflightSeverity severity) {
        return switch (severity) {
            case FINE -> "fine";
            case NOT_ASKED -> "not asked";
            case WARN -> "warning";
            case REFUSE -> "REFUSED";
        };
    }
}
