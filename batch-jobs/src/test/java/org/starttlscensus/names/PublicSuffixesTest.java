package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Hostname;

class PublicSuffixesTest {

    private static final Path VECTORS = Path.of("../../shared/vectors/psl");

    @ParameterizedTest
    @CsvSource({
        "mx1.example.org, example.org",
        "example.org, example.org",
        "org, ",
        "a.b.co.uk, b.co.uk",
        "co.uk, ",
        "www.ck, www.ck",
        "b.test.ck, b.test.ck",
        "inbound-smtp.eu-west-1.amazonaws.com, amazonaws.com",
        "someone.github.io, github.io",
        "example.uk.com, uk.com",
        "mx.lab.test, lab.test",
        "test, ",
        "xn--55qx5d.cn, ",
        "shishi.xn--55qx5d.cn, shishi.xn--55qx5d.cn"
    })
    void usesTheIcannSectionOnly(String host, String registrable) {
        assertEquals(Optional.ofNullable(registrable), PublicSuffixes.registrable(new Hostname(host)));
    }

    @ParameterizedTest
    @CsvSource({
        "_mx.example.org, example.org",
        "mx_1.example.org, example.org",
        "_.-.example.org, example.org",
        "-a-.example.org, example.org",
        "__a__.co.uk, __a__.co.uk",
        "mail._example.org, _example.org",
        "mail.example-.org, example-.org",
        "mail.example._tcp, example._tcp",
        "192.0.2.1, ",
        "a.1x, ",
        "_, ",
        "-, "
    })
    void acceptsEveryHostName(String host, String registrable) {
        assertEquals(Optional.ofNullable(registrable), PublicSuffixes.registrable(new Hostname(host)));
    }

    @Test
    void acceptsTheLongestHostName() {
        var labels = "a.".repeat(126);
        assertEquals(Optional.of("a.b"), PublicSuffixes.registrable(new Hostname(labels + "b")));
    }

    @Test
    void agreesWithTheListsOwnTestsExceptForPrivateRules() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), VECTORS + " is not here: the public suffix vectors are not tested");
        var privateRules = privateRules();
        var tested = new TreeSet<String>();
        for (var line : Files.readAllLines(VECTORS.resolve("tests.txt"))) {
            var columns = line.split(" ");
            // A name with a leading dot is not a host name; "null" is not a name.
            if (line.isBlank() || line.startsWith("//") || columns[0].startsWith(".") || columns[0].equals("null"))
                continue;
            var host = new Hostname(ascii(columns[0]));
            if (isUnder(host.ascii(), privateRules)) continue;
            var expected = columns[1].equals("null") ? Optional.<String>empty() : Optional.of(ascii(columns[1]));
            assertEquals(expected, PublicSuffixes.registrable(host), line);
            tested.add(line);
        }
        System.out.println("Public suffixes: " + tested.size() + " vectors apply, and are right");
        assertTrue(tested.size() > 50, "the vectors were read");
    }

    private static boolean isUnder(String host, Set<String> suffixes) {
        return suffixes.stream().anyMatch(suffix -> host.equals(suffix) || host.endsWith("." + suffix));
    }

    private static Set<String> privateRules() throws IOException {
        return Arrays.stream(Files.readString(VECTORS.resolve("public_suffix_list.dat"))
                        .split("===BEGIN PRIVATE DOMAINS===")[1]
                        .split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("//"))
                .map(rule -> ascii(rule.replaceFirst("^(\\*\\.|!)", "")))
                .collect(Collectors.toSet());
    }

    private static String ascii(String name) {
        return switch (DomainNames.toAscii(name)) {
            case AsciiName.Converted(var ascii) -> ascii;
            case AsciiName.Refused(var reason) -> throw new AssertionError(name + ": " + reason);
        };
    }
}
