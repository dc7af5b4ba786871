package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.starttlscensus.settings.ListedSetting;
import org.starttlscensus.settings.SettingsReading;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "settings",
        description = {
            "Every setting: what holds, where that comes from, and what is allowed. Only reads.",
            "Strongest first: --set, a variable CENSUS_..., one settings file, the default. Of the settings files the "
                    + "first one wins: the one named by --config; else census.yaml or census.properties beside the "
                    + "database (.census), in /etc/starttls-census, in $XDG_CONFIG_HOME/starttls-census (default "
                    + "~/.config), in the current folder. Settings only tighten the limits; the ceilings are in the "
                    + "program. Passwords are not shown."
        },
        mixinStandardHelpOptions = true,
        subcommands = SettingsExampleCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "2:a setting or a settings file is refused"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census settings",
            "  census settings --json",
            "  census settings --demo                   those of the last demo, and of commands with --demo",
            "  census settings --config other.yaml      would this file be accepted?",
            "  census settings example census.yaml      writes a file to start from"
        })
final class SettingsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Override
    public Integer call() {
        var reading = options.reading();
        output.print(() -> SettingsJson.of(reading), out -> print(reading, out));
        return ExitCode.OK;
    }

    private void print(SettingsReading reading, PrintWriter out) {
        options.printFile(out);
        reading.listed().stream().filter(ListedSetting::works).forEach(setting -> print(setting, out));
        out.printf("%nThis version does not implement these yet, and refuses them:%n");
        reading.listed().stream()
                .filter(setting -> !setting.works())
                .forEach(setting -> out.printf("  %-34s %s%n", setting.key(), setting.meaning()));
    }

    private static void print(ListedSetting setting, PrintWriter out) {
        out.printf("%n%s = %s%n", setting.key(), value(setting));
        out.printf("  from     %s%n", Printable.line(setting.from()));
        out.printf("  meaning  %s%n", setting.meaning());
        out.printf("  unit     %s%n", setting.unit());
        out.printf("  allowed  %s%n", setting.allowed());
        setting.byDefault().ifPresent(value -> out.printf("  default  %s%n", Printable.line(value)));
        setting.ceiling().ifPresent(bound -> out.printf("  ceiling  %s%n", bound));
    }

    private static String value(ListedSetting setting) {
        return setting.value().map(Printable::line).orElse(setting.isSet() ? "(hidden)" : "(not set)");
    }
}
