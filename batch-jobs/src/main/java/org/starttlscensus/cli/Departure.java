package org.starttlscensus.cli;

import org.starttlscensus.names.DocumentationNetworks;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.settings.SettingException;
import picocli.CommandLine;

/** What a command passes before it does anything else, if it calls servers or plans to. */
final class Departure {

    private Departure() {}

    /** @throws SettingException if these settings let nobody be called; it says what is missing */
    static void ofCalls(CommandLine command, CensusSettings settings) {
        var _ = SafetyGate.calling(settings);
        warnOfTest(command, settings);
    }

    /** @throws SettingException if these settings do not say where names are looked up */
    static void ofPlan(CommandLine command, CensusSettings settings) {
        var _ = SafetyGate.planning(settings);
        warnOfTest(command, settings);
    }

    private static void warnOfTest(CommandLine command, CensusSettings settings) {
        if (settings.lab().isPresent()) return;
        var own = DocumentationNetworks.ofThisProcess();
        if (own.areNone()) return;
        command.getErr()
                .printf(
                        "census: WARNING: this is a test. -D%s lets addresses in %s be called as if public.%n",
                        DocumentationNetworks.PROPERTY, own);
    }
}
