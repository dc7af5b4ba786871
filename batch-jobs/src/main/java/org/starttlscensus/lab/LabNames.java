package org.starttlscensus.lab;

import java.util.List;

/**
 * The lab's domain names: two words each, and a few internationalised ones; all under {@code .test}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.2">RFC 6761, section 6.2: the domain test</a>
 */
final class LabNames {

    private static final List<String> FIRST = words("""
            amber ancient autumn bitter black blue bold bright bronze calm clear cold copper crimson dark deep
            early eager fading flat frosty gentle golden green grey hidden hollow icy iron jolly late little
            lively lone long misty mellow narrow noble old pale plain proud quiet rapid""");

    private static final List<String> SECOND = words("""
            anchor arbor bakery beacon bridge brook canyon castle cedar cliff cloud comet cove creek dune falcon
            ferry field forge garden glade grove harbor hill island lagoon lantern lake meadow mill mountain oak
            orchard pine pond prairie quarry ridge river shore spring summit thicket valley willow""");

    /** Each name in its own script, then its A-label. */
    private static final List<String> INTERNATIONALISED = words("""
            bücher xn--bcher-kva
            köln xn--kln-sna
            zürich xn--zrich-kva
            smörgås xn--smrgs-pra0j
            café-noir xn--caf-noir-d1a
            español xn--espaol-zwa
            naïve-média xn--nave-mdia-g4a5d
            garçon xn--garon-0ra
            ångström xn--ngstrm-hua5l
            łódź xn--d-uga0v4h
            şişli xn--ili-rzab
            пример xn--e1afmkfd
            почта xn--80a1acny
            ελλάδα xn--hxakic4aa
            例え xn--r8jz45g
            日本語 xn--wgv71a119e
            中文 xn--fiq228c
            한국 xn--3e0b707e
            ไทย xn--o3cw4h
            עברית xn--5dbqzzl""");

    private LabNames() {}

    /** A name as lists and the DNS have it. */
    record SpelledName(String listed, String ascii) {}

    /** The name of the domain with this index, from 0. Every 97th is internationalised, as long as there are any. */
    static SpelledName of(int index) {
        if (index % 97 == 0 && index / 97 * 2 < INTERNATIONALISED.size()) {
            var at = index / 97 * 2;
            return new SpelledName(INTERNATIONALISED.get(at) + ".test", INTERNATIONALISED.get(at + 1) + ".test");
        }
        if (index >= FIRST.size() * SECOND.size())
            throw new IllegalArgumentException("the lab has no name for domain " + index);
        var name = FIRST.get(index % FIRST.size()) + "-" + SECOND.get(index / FIRST.size()) + ".test";
        return new SpelledName(name, name);
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
