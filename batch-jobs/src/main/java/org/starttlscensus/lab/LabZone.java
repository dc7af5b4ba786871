package org.starttlscensus.lab;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * All DNS names of the lab, and the faults of some of them. Immutable; made by {@link #builder()}.
 *
 * <p>Names may be given with or without the final dot. A name exists if it has a record or a behavior, or if a name
 * below it exists.
 */
public final class LabZone {

    /** How queries for a name, or for one type of it, are answered. */
    public enum DnsBehavior {
        /** With the records of the zone. */
        PLAIN,
        SERVFAIL,
        REFUSED,
        /** No answer at all. */
        SILENT,
        /** SERVFAIL unless the CD bit is set, as a validating resolver answers that gives no reason. */
        BOGUS,
        /** The same with RFC 8914's extended error 6. */
        BOGUS_EXPLAINED,
        /** The same with extended error 22: no name server could be reached, unless the CD bit is set. */
        UNREACHABLE_EXPLAINED,
        /** TC and nothing else over UDP, the answer over TCP. */
        TRUNCATED,
        /** An empty answer with a referral and without recursion: a lame delegation. */
        REFERRAL,
        /** Two answers: first a forged one with a wrong id, then the correct one. */
        SPOOFED,
        /** Only a forged answer to another question. */
        OTHER_QUESTION,
        /** Octets that end in the middle of the answer. */
        MALFORMED,
        /** The answer, and behind it an additional record without an end. */
        BROKEN_ADDITIONAL
    }

    private static final int TTL_SECONDS = 300;
    private static final int ANY_TYPE = Type.ANY;

    private final Map<Name, Map<Integer, List<Record>>> records;
    private final Map<Name, Map<Integer, DnsBehavior>> behaviors;
    private final Map<Name, Integer> failures;
    private final Set<Name> existing;
    private final Duration latency;

    private LabZone(Builder builder) {
        records = new HashMap<>();
        builder.records.forEach((name, types) -> {
            var copy = new HashMap<Integer, List<Record>>();
            types.forEach((type, set) -> copy.put(type, List.copyOf(set)));
            records.put(name, Map.copyOf(copy));
        });
        behaviors = new HashMap<>();
        builder.behaviors.forEach((name, types) -> behaviors.put(name, Map.copyOf(types)));
        failures = Map.copyOf(builder.failures);
        existing = new HashSet<>();
        records.keySet().forEach(this::addWithParents);
        behaviors.keySet().forEach(this::addWithParents);
        latency = builder.latency;
    }

    private void addWithParents(Name name) {
        for (var current = name; existing.add(current) && current.labels() > 1; ) current = new Name(current, 1);
    }

    public static Builder builder() {
        return new Builder();
    }

    boolean exists(Name name) {
        return existing.contains(name);
    }

    List<Record> records(Name name, int type) {
        return records.getOrDefault(name, Map.of()).getOrDefault(type, List.of());
    }

    DnsBehavior behavior(Name name, int type) {
        var byType = behaviors.getOrDefault(name, Map.of());
        return byType.getOrDefault(type, byType.getOrDefault(ANY_TYPE, DnsBehavior.PLAIN));
    }

    /** How many queries for the name and one type fail before one is answered. */
    int failures(Name name) {
        return failures.getOrDefault(name, 0);
    }

    Duration latency() {
        return latency;
    }

    static Name name(String text) {
        return Name.fromConstantString(text.endsWith(".") ? text : text + ".");
    }

    /** Collects names. Not thread-safe. */
    public static final class Builder {

        private final Map<Name, Map<Integer, List<Record>>> records = new LinkedHashMap<>();
        private final Map<Name, Map<Integer, DnsBehavior>> behaviors = new HashMap<>();
        private final Map<Name, Integer> failures = new HashMap<>();
        private Duration latency = Duration.ZERO;

        private Builder() {}

        public Builder mx(String domain, int preference, String host) {
            return add(new MXRecord(name(domain), DClass.IN, TTL_SECONDS, preference, name(host)));
        }

        /** @see <a href="https://www.rfc-editor.org/rfc/rfc7505#section-3">RFC 7505, section 3: null MX</a> */
        public Builder nullMx(String domain) {
            return mx(domain, 0, ".");
        }

        /** Adds an A record for each IPv4 literal and an AAAA record for each IPv6 literal. */
        public Builder address(String host, String... literals) {
            for (var literal : literals) {
                var address = InetAddress.ofLiteral(literal);
                add(
                        address.getAddress().length == 4
                                ? new ARecord(name(host), DClass.IN, TTL_SECONDS, address)
                                : new AAAARecord(name(host), DClass.IN, TTL_SECONDS, address));
            }
            return this;
        }

        public Builder alias(String name, String target) {
            return add(new CNAMERecord(name(name), DClass.IN, TTL_SECONDS, name(target)));
        }

        /** @param strings of at most 255 octets each; together they are one record */
        public Builder text(String name, String... strings) {
            return add(new TXTRecord(name(name), DClass.IN, TTL_SECONDS, List.of(strings)));
        }

        /** @param reversed for example {@code 1.2.0.192.in-addr.arpa} */
        public Builder pointer(String reversed, String host) {
            return add(new PTRRecord(name(reversed), DClass.IN, TTL_SECONDS, name(host)));
        }

        /** Sets the behavior of every type of the name that has none of its own. */
        public Builder behavior(String name, DnsBehavior behavior) {
            return behavior(name, ANY_TYPE, behavior);
        }

        /** @param type for example {@code "AAAA"} */
        public Builder behavior(String name, String type, DnsBehavior behavior) {
            return behavior(name, typeOf(type), behavior);
        }

        /** Makes the first queries of each type of the name fail: SERVFAIL, with the CD bit and without. */
        public Builder failsFirst(String name, int queries) {
            failures.put(name(name), queries);
            return this;
        }

        /** Sets how long every answer takes. */
        public Builder latency(Duration value) {
            latency = value;
            return this;
        }

        public LabZone build() {
            return new LabZone(this);
        }

        private Builder behavior(String name, int type, DnsBehavior behavior) {
            behaviors.computeIfAbsent(name(name), _ -> new HashMap<>()).put(type, behavior);
            return this;
        }

        private Builder add(Record record) {
            records.computeIfAbsent(record.getName(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(record.getType(), _ -> new ArrayList<>())
                    .add(record);
            return this;
        }
    }

    static int typeOf(String type) {
        var value = Type.value(type);
        if (value < 0) throw new IllegalArgumentException("no DNS type is called \"" + type + "\"");
        return value;
    }
}
