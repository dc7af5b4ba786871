package org.starttlscensus.settings;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/** A mail server of the operator's own, which is asked before anybody else. */
public sealed interface Canary {

    /** Its addresses are looked up. */
    record NamedCanary(Hostname host) implements Canary {

        @Override
        public String toString() {
            return host.ascii();
        }
    }

    record AddressedCanary(Address address) implements Canary {

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** What looks like an address is one: a name of digits and dots alone is no host name on the Internet. */
    static Canary of(String text) {
        if (text.contains(":") || text.matches("[0-9]+(\\.[0-9]+){3}")) return new AddressedCanary(Address.of(text));
        if (text.matches("[0-9.]*")) throw new IllegalArgumentException("it is neither an IP address nor a host name");
        var host = new Hostname(text);
        if (host.ascii().indexOf('.') < 0) throw new IllegalArgumentException("it is not a full host name");
        return new NamedCanary(host);
    }
}
