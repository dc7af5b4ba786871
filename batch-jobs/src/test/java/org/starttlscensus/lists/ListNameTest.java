package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListNameTest {

    @ParameterizedTest
    @CsvSource({
        "tranco.csv, tranco",
        "tranco_2026-11-29.csv, tranco",
        "tranco_2026-11-30.csv.gz, tranco",
        "list-20261129.txt, list",
        "list.2026.11.29.txt, list",
        "2026-11-29_tranco.csv, tranco",
        "tranco-2026-11-29-full.csv, tranco-full",
        "crux-202611.csv.gz, crux",
        "crux-2026-11.csv.gz, crux",
        "202611.csv, list",
        "2026-11-29.csv, list",
        "export_2026-11-29T06:00:12Z.csv, export",
        "export_20261129T0600.csv, export",
    })
    void isWithoutADate(String file, String name) {
        assertEquals(name, ListName.of(Path.of("/lists", file)));
    }

    /** Numbers that are no dates tell lists apart. */
    @ParameterizedTest
    @CsvSource({
        "top-1000000.csv, top-1000000",
        "part-20261301.csv, part-20261301",
        "part-20261132.csv, part-20261132",
        "part-2026-11_29.csv, part-2026-11_29",
        "19991231.csv, 19991231",
        "v120261129.csv, v120261129",
        "panel2026.txt, panel2026",
    })
    void keepsOtherNumbers(String file, String name) {
        assertEquals(name, ListName.of(Path.of(file)));
    }
}
