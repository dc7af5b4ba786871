package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real launcher, java and program without a UTF-8 locale, as cron, systemd and {@code su -} start them. */
class LauncherLocaleIT {

    @ParameterizedTest
    @CsvSource({"LC_ALL,C", "LC_ALL,POSIX", "LANG,C", "UNRELATED,''", "LC_ALL,C.UTF-8"})
    void lettersOutsideAsciiAreReadInArgumentsAndFileNames(String variable, String value, @TempDir Path root)
            throws Exception {
        var checkout = Checkout.withProgram(root, "prüfung");
        var locale = Map.of(variable, value);
        var sizes = Files.writeString(root.resolve("größen.csv"), "example.net,3,8\n");

        var check = checkout.start(locale, "check", "bücher.test");
        var simulated = checkout.start(locale, "simulate", "--sizes", sizes.toString());
        assertAll(
                () -> assertEquals(2, check.exit(), check::err),
                () -> assertTrue(check.says("safety gate"), check::err),
                () -> assertFalse(check.says("is not a mail domain"), check::err),
                () -> assertEquals(0, simulated.exit(), simulated::err),
                () -> assertTrue(simulated.out().contains("größen.csv"), simulated::out));
    }
}
