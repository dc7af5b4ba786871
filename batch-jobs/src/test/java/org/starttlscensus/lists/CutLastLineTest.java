package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A last line without a line end may be the beginning of a longer one. */
class CutLastLineTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org\\nexample.ne|2",
                "1,example.org\\n2,example.net|2",
                "1,example.org\\n2,|2",
                "1,example.org\\r\\n2,example.net\\r|2",
                "origin,rank\\nhttps://example.org,1000\\nhttps://examp|3",
                "example.org\\nb\u00fccher.example|2"
            })
    void isARejectedLine(String contents, int line) throws IOException {
        var file = ListFile.of(directory, contents.replace("\\n", "\n").replace("\\r", "\r"));
        var result = file.read(ListTolerance.ofPercent("0"));
        assertEquals(List.of("example.org"), result.domains());
        assertEquals(List.of(line + " no_line_end"), result.reasons());
    }

    @ParameterizedTest
    @ValueSource(strings = {"# end", "  ", "#", "\r"})
    void isNoneIfItHasNoData(String last) throws IOException {
        var file = ListFile.of(directory, "example.org\n" + last);
        assertEquals(List.of(), file.read().reasons());
    }

    @Test
    void isTheOnlyFaultThatIsNotCountedAgainstTheTolerance() throws IOException {
        var file = ListFile.of(directory, "example.org\nexample..net\nexample.com");
        var refusal = assertThrows(MalformedListException.class, () -> file.read(ListTolerance.ofPercent("49")));
        assertTrue(refusal.getMessage().contains("2 of 3 lines"), refusal::getMessage);
        assertEquals(2, file.read(ListTolerance.ofPercent("50")).reasons().size());
    }

    @Test
    void isNoListIfItIsAlone() throws IOException {
        MalformedListTest.assertRefused("a last line without a line end", ListFile.of(directory, "example.org"));
    }

    @Test
    void isToldToTheCaller() throws IOException {
        var cut = ListFile.of(directory, "example.org\nexample.net");
        var whole = ListFile.of(directory, "example.org\nexample.net\n");
        assertTrue(DomainList.read(DomainList.pin(cut.path()), ListFile.ANY, _ -> {})
                .hasCutLastLine());
        assertEquals(
                new ReadList(new ListCount(2, 2, 0, 0), 24, false),
                DomainList.read(DomainList.pin(whole.path()), ListFile.ANY, _ -> {}));
    }
}
