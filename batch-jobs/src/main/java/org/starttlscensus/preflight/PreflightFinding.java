package org.starttlscensus.preflight;

/**
 * What one check found about one thing.
 *
 * @param about what was looked at, for example an address; empty: the whole machine
 * @param seen  what was seen; for {@link PreflightSeverity#NOT_ASKED} why nobody was asked
 * @param toDo  how it is mended; empty if nothing is to be done
 */
public record PreflightFinding(
        PreflightCheck check, String about, PreflightSeverity severity, String seen, String toDo) {

    public PreflightFinding {
        if (seen.isBlank()) throw new IllegalArgumentException(check + ": nothing was seen");
        if (severity == PreflightSeverity.REFUSE && toDo.isBlank())
            throw new IllegalArgumentException(check + ": refused, and nobody is told what to do");
    }

    public static PreflightFinding fine(PreflightCheck check, String about, String seen) {
        return new PreflightFinding(check, about, PreflightSeverity.FINE, seen, "");
    }

    public static PreflightFinding notAsked(PreflightCheck check, String about, String why) {
        return new PreflightFinding(check, about, PreflightSeverity.NOT_ASKED, why, "");
    }

    static PreflightFinding warn(PreflightCheck check, String about, String seen, String toDo) {
        return new PreflightFinding(check, about, PreflightSeverity.WARN, seen, toDo);
    }

    static PreflightFinding refuse(PreflightCheck check, String about, String seen, String toDo) {
        return new PreflightFinding(check, about, PreflightSeverity.REFUSE, seen, toDo);
    }
}
