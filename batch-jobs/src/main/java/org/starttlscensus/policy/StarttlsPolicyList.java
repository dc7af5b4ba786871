package org.starttlscensus.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy list of STARTTLS Everywhere: domains that promise STARTTLS with valid certificates, and their mail
 * servers.
 *
 * @param policies what each domain promises
 * @param problems in words, which entries cannot be read; they are left out
 * @see <a href="https://github.com/EFForg/starttls-everywhere/blob/master/RULES.md">its format</a>
 */
public record StarttlsPolicyList(
        Instant timestamp, Instant expires, SortedMap<MailDomain, ListedPolicy> policies, List<String> problems) {

    /**
     * What one domain promises.
     *
     * @param mode     testing or enforce
     * @param patterns of its mail servers; a suffix such as {@code .example.org} stands for one label
     */
    public record ListedPolicy(MtaStsMode mode, List<MxPattern> patterns) {

        public ListedPolicy {
            patterns = List.copyOf(patterns);
            if (mode == MtaStsMode.NONE) throw new IllegalArgumentException("the list has no mode none");
        }
    }

    private static final int MOST_OCTETS = 16 * 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public StarttlsPolicyList {
        policies = new TreeMap<>(policies);
        problems = List.copyOf(problems);
    }

    public boolean isExpired(Instant at) {
        return !at.isBefore(expires);
    }

    /** @throws IllegalArgumentException if it is no such list; the message says what was seen and expected */
    public static StarttlsPolicyList read(Octets file) {
        if (file.size() > MOST_OCTETS) {
            throw new IllegalArgumentException(
                    "the list has %,d octets; expected are at most %,d".formatted(file.size(), MOST_OCTETS));
        }
        var root = root(file);
        var problems = new ArrayList<String>();
        var aliases = new HashMap<String, ListedPolicy>();
        objects(root, "policy-aliases")
                .forEach((name, policy) -> own(policy)
                        .ifPresentOrElse(
                                read -> aliases.put(name, read),
                                () -> problems.add("the alias \"%s\" is no policy".formatted(name))));
        var policies = new TreeMap<MailDomain, ListedPolicy>();
        objects(root, "policies")
                .forEach((name, policy) -> domain(name)
                        .flatMap(domain -> policy(policy, aliases).map(read -> Map.entry(domain, read)))
                        .ifPresentOrElse(
                                entry -> policies.put(entry.getKey(), entry.getValue()),
                                () -> problems.add("\"%s\" is no domain, or has neither a policy nor a known alias"
                                        .formatted(name))));
        return new StarttlsPolicyList(time(root, "timestamp"), time(root, "expires"), policies, problems);
    }

    private static JsonNode root(Octets file) {
        try {
            var root = JSON.readTree(file.toArray());
            if (root.isObject()) return root;
            throw new IllegalArgumentException("the list is not a JSON object");
        } catch (JacksonException broken) {
            throw new IllegalArgumentException("the list is not JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static Map<String, JsonNode> objects(JsonNode root, String key) {
        var found = new TreeMap<String, JsonNode>();
        var value = root.get(key);
        if (value == null) return found;
        if (!value.isObject()) throw new IllegalArgumentException("\"%s\" of the list is not an object".formatted(key));
        value.propertyStream().forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }

    private static Optional<MailDomain> domain(String name) {
        try {
            return Optional.of(new MailDomain(name));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Beside an alias all other fields are ignored. */
    private static Optional<ListedPolicy> policy(JsonNode policy, Map<String, ListedPolicy> aliases) {
        var alias = policy.get("policy-alias");
        return alias == null ? own(policy) : Optional.ofNullable(aliases.get(alias.asString("")));
    }

    /** Without a mode it is testing. */
    private static Optional<ListedPolicy> own(JsonNode policy) {
        var names = policy.get("mxs");
        if (names == null || !names.isArray() || names.isEmpty()) return Optional.empty();
        if (names.valueStream().anyMatch(name -> !name.isString())) return Optional.empty();
        var mode = policy.get("mode");
        return (mode == null ? Optional.of(MtaStsMode.TESTING) : MtaStsMode.of(mode.asString("")))
                .filter(known -> known != MtaStsMode.NONE)
                .map(known -> new ListedPolicy(
                        known,
                        names.valueStream()
                                .map(JsonNode::asString)
                                .map(StarttlsPolicyList::pattern)
                                .toList()));
    }

    private static MxPattern pattern(String name) {
        return MxPattern.of(name.startsWith(".") ? "*" + name : name);
    }

    private static Instant time(JsonNode root, String key) {
        var value = root.get(key);
        if (value != null && value.isIntegralNumber() && value.canConvertToLong()) {
            try {
                return Instant.ofEpochSecond(value.asLong());
            } catch (DateTimeException tooLarge) {
                throw wrongTime(key, value);
            }
        }
        if (value == null || !value.isString()) throw wrongTime(key, value);
        var text = value.asString();
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noOffset) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException none) {
                throw wrongTime(key, value);
            }
        }
    }

    private static IllegalArgumentException wrongTime(String key, @Nullable JsonNode value) {
        return new IllegalArgumentException(
                "\"%s\" of the list is %s; expected is \"2026-11-23T00:00:00+00:00\" or the like, or seconds since 1970"
                        .formatted(key, value));
    }
}
