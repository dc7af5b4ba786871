package org.starttlscensus.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.starttlscensus.preflight.DatabaseCondition;
import org.starttlscensus.preflight.Preflight;
import org.starttlscensus.preflight.PreflightFinding;
import org.starttlscensus.settings.CensusSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description = {
            "Are the pages served, true and not expired, and has each source the same name in both directions of the "
                    + "DNS? Says what differs.",
            "Asks the resolvers and fetches your own pages over HTTPS, each once. Needs no database; calls no mail "
                    + "server. `census doctor` does this and more."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is served and true", "2:a setting is wrong or missing", "4:something must be mended"},
        footerHeading = "%nExamples:%n",
        footer = {"  census identity check", "  census identity check --json"})
final class IdentityCheckCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() throws InterruptedException {
        var settings = options.read();
        IdentitySources.of(settings);
        var findings = findings(settings);
        var passes = Preflight.passes(findings);
        output.print(() -> DoctorJson.of(findings), out -> new DoctorText(out).print(findings));
        return passes ? ExitCode.OK : Faults.PREFLIGHT;
    }

    private static List<PreflightFinding> findings(CensusSettings settings) throws InterruptedException {
        var nothing = new DatabaseCondition.NoDatabaseYet("not looked at");
        return Preflight.ofThisMachine().ofIdentity(PreflightGate.request(settings, nothing, Optional.empty()));
    }
}
