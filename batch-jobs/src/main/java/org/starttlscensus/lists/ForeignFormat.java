package org.starttlscensus.lists;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.ParsedDomain;

/**
 * A format that is not read, recognised by one line of it, and the filter that makes a list of it.
 *
 * @param seen    what it is, for people
 * @param filter  a filter for a POSIX shell: the text in, one domain per line out
 * @param isSure  whether no list that we read has such a line
 */
record ForeignFormat(String seen, String filter, boolean isSure) {

    private static final String TYPES = "(?:SOA|NS|DS|DNSKEY|RRSIG|NSEC|NSEC3|NSEC3PARAM)";
    private static final String TTL = "(?:[0-9][0-9smhdw]*\\s+)?";
    /**
     * A line of a zone file: a directive, or a record with its class or with a type that no other file has.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-5.1">RFC 1035, section 5.1: format of master
     *     files</a>
     */
    private static final Pattern ZONE_LINE = Pattern.compile("(?i)\\$(?:ORIGIN|TTL|INCLUDE|GENERATE)\\s.*"
            + "|[^\\s;]+\\s+" + TTL + "(?:IN|CH|HS)\\s+" + TTL + "[A-Z0-9]+\\s+\\S.*"
            + "|[^\\s;]+\\s+" + TTL + TYPES + "\\s+\\S.*");

    /** Every name with an NS record: absolute, or relative to the last $ORIGIN. */
    private static final String DELEGATED_NAMES =
            "awk '/^\\$ORIGIN/{o=$2} /^[^ \\t;$@(]/{n=$1; if(n!~/\\.$/)n=n\".\"o; "
                    + "for(i=2;i<=4;i++)if(toupper($i)==\"NS\"){print tolower(n);break}}' | sed 's/\\.*$//' | sort -u";

    private static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|');

    static Optional<ForeignFormat> of(String line) {
        if (line.startsWith(";")) return Optional.empty();
        if (ZONE_LINE.matcher(line).matches())
            return Optional.of(new ForeignFormat("records of a DNS zone file", DELEGATED_NAMES, true));
        return DELIMITERS.stream()
                .flatMap(delimiter -> ofColumns(line, delimiter).stream())
                .findFirst();
    }

    /** The first column that has a domain, unless it is where we look for one. */
    private static Optional<ForeignFormat> ofColumns(String line, char delimiter) {
        var unquoted = line.replace("\"", "");
        var fields = List.of(unquoted.split(Pattern.quote(String.valueOf(delimiter)), -1));
        for (int i = 0; i < fields.size() && fields.size() > 1; i++) {
            if (!(DomainNames.read(fields.get(i).strip()) instanceof ParsedDomain.Usable)) continue;
            if (delimiter == ',' && fields.size() == 2 && i == 1) return Optional.empty();
            return Optional.of(new ForeignFormat(
                    "lines of %d columns without a header, of which column %d seems to have the domain"
                            .formatted(fields.size(), i + 1),
                    (line.equals(unquoted) ? "" : "tr -d '\"' | ") + "cut "
                            + (delimiter == '\t' ? "" : "-d'" + delimiter + "' ") + "-f" + (i + 1),
                    false));
        }
        return Optional.empty();
    }
}
