package org.starttlscensus.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/** A name by which a server can be found, and names that a provider gives to any address. */
class GenericNameTest {

    @ParameterizedTest
    @CsvSource({
        "census.example.org,                       203.0.113.5",
        "census1.example.org,                      203.0.113.5",
        "mail.cable.co.uk,                         203.0.113.5",
        "mx-5.example.org,                         203.0.113.5",
        "mailhost.example.org,                     203.0.113.5",
        "statistics.example.org,                   203.0.113.5",
        "v203.example.org,                         203.0.113.5",
        "example.org,                              203.0.113.5",
        "census-ipv6.example.org,                  2001:db8::5",
        "dbase.example.org,                        2001:db8::5"
    })
    void aNameThatSomebodyChose(String name, String address) {
        assertEquals(Optional.empty(), GenericName.why(new Hostname(name), Address.of(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "203-0-113-5.example.net,                  203.0.113.5",
        "ip203.0.113.5.example.net,                203.0.113.5",
        "5.113.0.203.example.net,                  203.0.113.5",
        "c-203-000-113-005.example.net,            203.0.113.5",
        "203000113005.example.net,                 203.0.113.5",
        "cb007105.example.net,                     203.0.113.5",
        "113-0-203.other.example.net,              203.0.113.5",
        "ec2-203-0-113-5.compute-1.amazonaws.com,  203.0.113.5",
        "2001-db8--5.example.net,                  2001:db8::5",
        "x20010db8000000000000000000000005.example.net, 2001:db8::5"
    })
    void aNameThatSpellsItsAddress(String name, String address) {
        assertEquals(Optional.of("it spells the address"), GenericName.why(new Hostname(name), Address.of(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "a1.dyn.example.net,     dyn",
        "dhcp17.example.net,     dhcp",
        "x.pool.example.net,     pool",
        "static.88.example.net,  static",
        "vps123.example.net,     vps",
        "host-a.example.net,     host",
        "p1.customer.example.net,customer"
    })
    void aNameWithAWordForAKindOfLine(String name, String word) {
        assertEquals(
                Optional.of("it has the word \"%s\"".formatted(word)),
                GenericName.why(new Hostname(name), Address.of("203.0.113.5")));
    }
}
