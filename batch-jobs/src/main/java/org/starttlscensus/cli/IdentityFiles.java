package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.Operator;
import org.starttlscensus.identity.ProbingFile;
import org.starttlscensus.identity.ScannerLists;

/** The folder that {@code census identity write} makes. */
final class IdentityFiles {

    private IdentityFiles() {}

    /** By path in the folder. */
    static Map<String, String> of(Operator operator, Instant now) {
        var files = new LinkedHashMap<String, String>();
        files.put("index.html", IdentityPage.page(operator));
        files.put("sources.json", Json.write(SourcesJson.of(operator, now)) + "\n");
        files.put(ProbingFile.PROBING.substring(1), ProbingFile.probing(operator, now));
        files.put(ProbingFile.SECURITY.substring(1), ProbingFile.security(operator, now));
        files.put("not-served/letter-to-postmasters.txt", IdentityPage.letter(operator));
        var list = ScannerLists.warningList(operator, LocalDate.ofInstant(now, ZoneOffset.UTC));
        files.put("not-served/lists/misp-warninglist.json", Json.write(list) + "\n");
        ScannerLists.texts(operator).forEach((name, text) -> files.put("not-served/lists/" + name, text));
        return files;
    }

    /**
     * Writes each file whole or not at all.
     *
     * @param replaces whether files of an earlier time may be replaced; others in the folder are left alone
     * @return the paths, in order
     */
    static List<Path> write(Path folder, Map<String, String> files, boolean replaces) {
        var there = files.keySet().stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst();
        if (there.isPresent() && !replaces)
            throw new RefusedRequestException(
                    "%s exists. Add --replace to write these files anew, or name another folder."
                            .formatted(Printable.line(there.get().toString())));
        return files.entrySet().stream()
                .map(file -> write(folder.resolve(file.getKey()), file.getValue()))
                .toList();
    }

    private static Path write(Path file, String text) {
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent == null) throw new IllegalArgumentException(file + " is no file in a folder");
            Files.createDirectories(parent);
            var whole = Files.writeString(Files.createTempFile(parent, ".census", ".part"), text);
            whole.toFile().setReadable(true, false);
            return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UnwrittenFileException(
                    "%s cannot be written (%s). Name a folder that you may write in, on a disk with room."
                            .formatted(Printable.line(file.toString()), e.getMessage()),
                    e);
        }
    }
}
