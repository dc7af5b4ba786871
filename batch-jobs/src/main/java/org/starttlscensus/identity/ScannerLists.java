package org.starttlscensus.identity;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Entries for public lists of known scanners, each in the form that its maintainers keep. Whoever sees a call in a log
 * looks there first.
 */
public final class ScannerLists {

    private ScannerLists() {}

    /** One file of {@code MISP/misp-warninglists}: networks, each in the form of the list. */
    public record WarningList(
            String description,
            List<String> list,
            List<String> matchingAttributes,
            String name,
            String type,
            int version) {

        public WarningList {
            list = List.copyOf(list);
            matchingAttributes = List.copyOf(matchingAttributes);
        }
    }

    /** @param today its version: a number that only grows */
    public static WarningList warningList(Operator operator, LocalDate today) {
        return new WarningList(
                "Addresses of the STARTTLS census of %s, which connects to mail servers and sends no mail [%s]"
                        .formatted(operator.name(), operator.page()),
                networks(operator, false, true),
                List.of("ip-src", "ip-dst", "domain|ip", "ip-dst|port", "ip-src|port"),
                "STARTTLS census of " + operator.name(),
                "cidr",
                Integer.parseInt(today.format(DateTimeFormatter.BASIC_ISO_DATE)));
    }

    /** Plain texts, by file name. */
    public static Map<String, String> texts(Operator operator) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("addresses_v4.txt", lines(networks(operator, false, false)));
        texts.put("addresses_v6.txt", lines(networks(operator, true, false)));
        texts.put(
                "mass_scanner.txt",
                lines(operator.sources().stream()
                        .map(source -> source.address() + "  # " + source.name())
                        .toList()));
        texts.values().removeIf(String::isEmpty);
        texts.put(
                "README.txt",
                Template.named("lists.txt")
                        .filled(
                                Map.of(
                                        "operator",
                                        operator.name(),
                                        "page",
                                        operator.page().toString()),
                                value -> value));
        return texts;
    }

    private static List<String> networks(Operator operator, boolean ipv6, boolean both) {
        return operator.sources().stream()
                .map(CallingSource::address)
                .filter(address -> both || address.isIpv6() == ipv6)
                .map(address -> address + (address.isIpv6() ? "/128" : "/32"))
                .distinct()
                .toList();
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
