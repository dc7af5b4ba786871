package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.Map;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReading;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that use what a night has stored: the operator's settings, or {@code --demo}. */
final class LookingOptions {

    @Option(
            names = "--demo",
            description = "Use the database and the settings of `census demo`, instead of your own settings.")
    private boolean demo;

    @Mixin
    private SettingsOptions settings;

    boolean isDemo() {
        return demo;
    }

    CensusSettings read() {
        return demo ? ofDemo(Map.of()) : settings.read();
    }

    /** The settings, and where they come from. */
    SettingsReading reading() {
        return demo
                ? settings.readingOnly(DemoHome.ofThisProgram().settingsOfLastDemo(), Map.of())
                : settings.reading();
    }

    /** Says which settings file was read. */
    void printFile(PrintWriter out) {
        settings.printFile(out);
    }

    /**
     * The settings of the last demo.
     *
     * @param own settings that the command makes itself; the operator's {@code --set} overrides them
     */
    CensusSettings ofDemo(Map<String, String> own) {
        return settings.readOnly(DemoHome.ofThisProgram().settingsOfLastDemo(), own);
    }

    /** What must be added to a command that is named to the operator, so that it uses the same database. */
    String forNextCommand() {
        return demo ? " --demo" : "";
    }
}
