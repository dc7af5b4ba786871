package org.starttlscensus.names;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One block of IANA's special-purpose address registries. The program includes the registries as IANA publishes them
 * (retrieved in November 2026; their latest entry is 100:0:0:1::/64 of April 2025).
 *
 * @param reachable whether the registry says "Globally Reachable: True"; false for "False", "N/A" and an empty field
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA IPv4 special-purpose address
 *     registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA IPv6 special-purpose address
 *     registry</a>
 */
record SpecialBlock(Network network, String name, String rfc, boolean reachable) {

    private static final Pattern RFC = Pattern.compile("RFC *(?:Errata *)?[0-9]+");

    /** Skipped, because {@link org.starttlscensus.fact.Address} converts such addresses to IPv4. */
    private static final String MAPPED = "::ffff:0:0/96";

    static List<SpecialBlock> registry(String resource) {
        var blocks = new ArrayList<SpecialBlock>();
        try (var bytes = SpecialBlock.class.getResourceAsStream(resource)) {
            if (bytes == null) throw new IllegalStateException(resource + " is missing from the program");
            for (var row : CsvReader.builder().ofNamedCsvRecord(bytes, StandardCharsets.UTF_8)) {
                // Footnotes as in "192.0.0.0/24 [2]"; two blocks in one row are separated by a comma.
                for (var block : row.getField("Address Block")
                        .replaceAll("\\[[0-9]+]", "")
                        .split(",", -1)) {
                    if (block.strip().equals(MAPPED)) continue;
                    blocks.add(new SpecialBlock(
                            Network.of(block.strip()),
                            row.getField("Name").replace("\"", ""),
                            documents(row.getField("RFC")),
                            row.getField("Globally Reachable").startsWith("True")));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " in the program cannot be read", unreadable);
        }
        return blocks;
    }

    private static String documents(String cell) {
        return RFC.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(name -> name.replaceFirst("RFC *", "RFC "))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return network + " " + name + " (" + rfc + ")";
    }
}
