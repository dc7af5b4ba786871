package org.starttlscensus.identity;

import java.net.URI;
import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/** Operators for tests. */
public final class Operators {

    private Operators() {}

    public static Operator named(String name) {
        return new Operator(
                name,
                URI.create("mailto:census@example.org"),
                URI.create("https://census.example.org/"),
                List.of(
                        new CallingSource(Address.of("192.0.2.1"), new Hostname("census.example.org")),
                        new CallingSource(Address.of("2001:db8::1"), new Hostname("census6.example.org"))),
                2,
                "22:00-06:00 UTC",
                90);
    }
}
