package org.starttlscensus.lab;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes the lab's domain lists. A long list gets a few malformed lines: well under 1 %. */
final class LabLists {

    private static final int PANEL_EVERY = 5;

    private LabLists() {}

    /** All domains by rank, in the format of the Tranco list. */
    static LabList ranked(List<LabDomain> domains, Path directory) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < domains.size(); i++)
            lines.add(i + 1 + "," + domains.get(i).spelling());
        var bad = List.of("2001,", "2002,two words.test", "2003," + "a".repeat(64) + ".test", "2004,a..test")
                .subList(0, Math.min(4, (domains.size() - 1) / 400));
        for (int i = 0; i < bad.size(); i++) lines.add(400 * (i + 1), bad.get(i));
        var file = directory.resolve("ranked.csv");
        Files.write(file, lines);
        return new LabList(file, domains.size(), bad.size());
    }

    /** A fixed panel: every fifth domain, one per line, compressed. */
    static LabList panel(List<LabDomain> domains, Path directory) throws IOException {
        var lines = new ArrayList<String>();
        for (int i = 0; i < domains.size(); i += PANEL_EVERY)
            lines.add(domains.get(i).spelling());
        var good = lines.size();
        int bad = good > 100 ? 1 : 0;
        if (bad > 0) lines.add(good / 2, "not a domain");
        var file = directory.resolve("panel.txt.gz");
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            for (var line : lines) out.write(line + "\n");
        }
        return new LabList(file, good, bad);
    }
}
