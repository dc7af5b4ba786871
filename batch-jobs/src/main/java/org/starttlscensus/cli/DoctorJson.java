package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.preflight.Preflight;
import org.starttlscensus.preflight.PreflightFinding;

/** {@code census doctor --json} and {@code census identity check --json}. */
record DoctorJson(boolean mayCall, List<PreflightFindingJson> findings) {

    /** One finding. */
    record PreflightFindingJson(
            String check, Optional<String> about, String severity, String seen, String why, Optional<String> toDo) {

        private static PreflightFindingJson of(PreflightFinding finding) {
            return new PreflightFindingJson(
                    finding.check().label(),
                    Optional.of(finding.about()).filter(about -> !about.isEmpty()),
                    finding.severity().label(),
                    finding.seen(),
                    finding.check().why(),
                    Optional.of(finding.toDo()).filter(toDo -> !toDo.isEmpty()));
        }
    }

    static DoctorJson of(List<PreflightFinding> findings) {
        return new DoctorJson(
                Preflight.passes(findings),
                findings.stream().map(PreflightFindingJson::of).toList());
    }
}
