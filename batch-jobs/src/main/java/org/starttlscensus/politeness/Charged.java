package org.starttlscensus.politeness;

import java.util.Locale;
import org.starttlscensus.fact.Provider;

/** Who is charged with a refusal: whoever can have decided it (docs/politeness.md, section 4). */
public enum Charged {
    /** The provider, which runs all its servers. */
    PROVIDER,
    /** The address alone: unrelated customers run the servers of its network or pool. */
    ADDRESS;

    /** @param source how the provider of the server was identified */
    public static Charged of(Provider.Source source) {
        return switch (source) {
            case OVERRIDE, CNAME, PSL, PREFIX -> PROVIDER;
            case POOL, NET -> ADDRESS;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
