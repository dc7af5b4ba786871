package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.preflight.Preflight;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "May this machine call others? Each line says what was looked at, what was seen, why it matters and how to "
                    + "mend it. `census run` asks the same before its first call.",
            "Asks the resolvers, fetches your own pages, and connects to your own mail servers (census.canaries: "
                    + "greeting and QUIT). Each is asked once; nobody else is called. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:calls may be made; warnings say what should be mended",
            "2:a wrong setting",
            "4:something must be mended before anybody is called"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  census doctor", "  census doctor --json", "  census doctor --set census.canaries=mail.example.org"
        })
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private SettingsOptions options;

    @Override
    public Integer call() {
        var settings = options.read();
        var findings = PreflightGate.findings(settings);
        var passes = Preflight.passes(findings);
        output.print(() -> DoctorJson.of(findings), out -> {
            new DoctorText(out).print(findings);
            out.println();
            if (settings.lab().isPresent())
                out.println("A lab is set up (census.lab.networks): only this machine itself was looked at.");
            out.println(
                    passes
                            ? "Calls may be made."
                            : "No call is made until everything that is REFUSED has been mended.");
        });
        return passes ? ExitCode.OK : Faults.PREFLIGHT;
    }
}
