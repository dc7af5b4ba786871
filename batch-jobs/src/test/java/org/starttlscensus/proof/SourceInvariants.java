package org.starttlscensus.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.lab.Session;

/** The invariants on our source addresses: what each says, and who sees which of them. */
final class SourceInvariants {

    private final ServersView seen;

    SourceInvariants(ServersView seen) {
        this.seen = seen;
    }

    /** I8. */
    List<Invariant> all() {
        return List.of(names(), oneSourceEach());
    }

    private Invariant names() {
        Map<String, TreeSet<String>> names = new TreeMap<>();
        var wrong = new ArrayList<String>();
        for (var session : seen.sessions()) {
            var ours = ProofSources.ehloName(seen.lab, session.client());
            if (ours.isEmpty()) wrong.add("a call from " + session.client() + ", which is no source");
            names(session).forEach(name -> {
                names.computeIfAbsent(session.client().toString(), _ -> new TreeSet<>())
                        .add(name);
                if (!ours.filter(name::equals).isPresent()) wrong.add(session.client() + " said " + name);
            });
        }
        int most = names.values().stream().mapToInt(TreeSet::size).max().orElse(0);
        if (names.size() != ProofSources.count())
            wrong.add("calls came from %s, configured are %d".formatted(names.keySet(), ProofSources.count()));
        return new Invariant(
                "I8",
                "EHLO names per source address; equal to the configured one",
                "1; 100 %",
                "%d from each of %d; %s".formatted(most, names.size(), wrong.isEmpty() ? "100 %" : "others as well"),
                wrong);
    }

    private Invariant oneSourceEach() {
        var sources = seen.sessions().stream()
                .collect(Collectors.groupingBy(
                        session -> session.address().toString(),
                        TreeMap::new,
                        Collectors.mapping(
                                session -> session.client().toString(), Collectors.toCollection(TreeSet::new))));
        return new Invariant(
                "I8",
                "source addresses that one server sees in a night",
                "1",
                String.valueOf(
                        sources.values().stream().mapToInt(TreeSet::size).max().orElse(0)),
                sources.entrySet().stream()
                        .filter(server -> server.getValue().size() > 1)
                        .map(server -> server.getKey() + " saw " + server.getValue())
                        .toList());
    }

    private static Stream<String> names(Session session) {
        return DialogueInvariants.commandLines(session).stream()
                .filter(command -> command.matches("(?i)(EHLO|HELO) .*"))
                .map(command -> command.substring(5));
    }
}
