package org.starttlscensus.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.preflight.PreflightCheck;
import org.starttlscensus.preflight.PreflightFinding;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OptOuts;

/** Findings on what other rooms know: the window, and who opted out. */
final class OtherFindings {

    private OtherFindings() {}

    /** @param database if there is one, with the tables of this version */
    static List<PreflightFinding> of(CensusSettings settings, Optional<Database> database, Instant now) {
        var others = new ArrayList<PreflightFinding>();
        settings.windowInForce().ifPresent(window -> others.add(window(window, now)));
        database.ifPresent(opened -> others.add(PreflightFinding.fine(
                PreflightCheck.OPT_OUTS,
                "",
                "%,d in force".formatted(new OptOuts(opened).register().size()))));
        return others;
    }

    private static PreflightFinding window(CallWindow window, Instant now) {
        var span = window.at(now);
        return PreflightFinding.fine(
                PreflightCheck.WINDOW,
                "",
                span.isOpen(now)
                        ? "%s; open until %s".formatted(window, SkipWords.time(span.closes()))
                        : "%s; it opens next at %s".formatted(window, SkipWords.time(span.opens())));
    }
}
