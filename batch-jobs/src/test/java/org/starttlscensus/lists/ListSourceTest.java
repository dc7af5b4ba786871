package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListSourceTest {

    @Test
    void knowsTheListsThatHaveAFixedAddress() {
        assertEquals(
                "https://tranco-list.eu/top-1m.csv.zip", source("tranco").url().toString());
        assertEquals("tranco", ListName.of(Path.of(source("tranco").file())));
        assertEquals("crux", ListName.of(Path.of(source("crux").file())));
    }

    @Test
    void takesTheNameFromTheUrl() {
        assertEquals(
                "domains.csv.gz",
                source("https://lists.example.org/daily/domains.csv.gz?day=1").file());
        assertEquals(
                "mine.csv",
                ListSource.of("https://lists.example.org/", Optional.of("mine.csv"))
                        .file());
        assertEquals("old.zip", ListSource.of("tranco", Optional.of("old.zip")).file());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alexa",
                "http://lists.example.org/a.csv",
                "file:///etc/passwd",
                "ftp://lists.example.org/a.csv",
                "https:///a.csv",
                "https://user:secret@lists.example.org/a.csv",
                "https://lists.example.org/",
                "https://lists.example.org/..",
                "https://lists.example.org/.hidden",
                "https://lists example.org/a.csv"
            })
    void refusesOtherPlaces(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> source(text));
        assertEquals(-1, String.valueOf(refused.getMessage()).indexOf("secret"));
    }

    private static ListSource source(String text) {
        return ListSource.of(text, Optional.empty());
    }
}
