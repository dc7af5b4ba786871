package org.starttlscensus.cli;

import java.util.List;
import org.starttlscensus.preflight.PreflightCheck;
import org.starttlscensus.preflight.PreflightFinding;

/** Findings on what other rooms know: the window, and who opted out. */
final class OtherFindings {

    private OtherFindings() {}

    static List<PreflightFinding> of() {
        return List.of(
                PreflightFinding.notAsked(PreflightCheck.WINDOW, "", "this version keeps no window"),
                PreflightFinding.notAsked(PreflightCheck.OPT_OUTS, "", "this version keeps no list of opt-outs"));
    }
}
