package org.starttlscensus.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** Adds to the help of each command the exit codes that every command can have. Its own words stand. */
final class ExitCodes {

    private static final Map<String, String> COMMON = common();

    private ExitCodes() {}

    private static Map<String, String> common() {
        var codes = new LinkedHashMap<String, String>();
        codes.put("0", "done");
        codes.put("1", "a bug of this program");
        codes.put("2", "wrong usage or setting");
        codes.put("5", "environment: database, disk, files that this user may not use");
        codes.put("75", "");
        codes.put("130, 143", "ended by Ctrl-C or a signal");
        return codes;
    }

    static void addTo(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        var own = new LinkedHashMap<>(usage.exitCodeList());
        var all = new LinkedHashMap<String, String>();
        COMMON.forEach((code, words) -> {
            var mine = own.remove(code);
            var said = mine == null ? words : mine;
            if (!said.isEmpty()) all.put(code, said);
        });
        all.putAll(own);
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(all);
    }
}
