package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds the program, and what it says about it. */
@DisplayName("The launcher")
class LauncherBuildTest {

    @TempDir
    private Path root;

    private Checkout checkout;

    @BeforeEach
    void aCheckout() throws IOException {
        checkout = Checkout.in(root, "checkout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "status"})
    void buildsTheFirstTimeAndSaysWhatItDoes(String argument) throws Exception {
        var start = checkout.start(argument);
        assertAll(
                () -> assertEquals(0, start.exit(), start::err),
                () -> assertTrue(start.out().contains("java " + argument), start::out),
                () -> assertTrue(start.says("building the program"), start::err),
                () -> assertTrue(start.says("compiling; downloads so far: 3, 1 MB"), start::err),
                () -> assertTrue(start.says("packing the program"), start::err),
                () -> assertTrue(start.says("downloads: 3, 1.2 MB"), start::err),
                () -> assertFalse(start.out().contains("building"), start::out));
        assertEquals("", checkout.start(argument).err(), "the second time there is nothing to build");
        assertEquals(1, checkout.mavenCalls().size());
    }

    @Test
    void fetchesNeitherCheckersNorTests() throws Exception {
        checkout.start("status");
        assertTrue(checkout.mavenCalls().getFirst().contains("-Dcensus.program-only"), checkout.mavenCalls()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql/README.md", "datasets/offers/SHA256SUMS"})
    void buildsNothingForAFileThatIsNotInTheJar(String file) throws Exception {
        built();
        checkout.save(file, "second");
        Files.delete(root.resolve("checkout/batch-jobs/target/census.inputs")); // as if Maven had built the jar
        assertEquals("", checkout.start("status").err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sql/migrations/V001__one.sql",
                "datasets/providers.csv",
                "datasets/offers/offer.properties",
                "batch-jobs/src/main/java/A.java",
                "pom.xml"
            })
    void buildsAgainForAChangeAndNotForATouch(String file) throws Exception {
        built();
        checkout.save(file, "first");
        assertEquals("", checkout.start("status").err());
        checkout.save(file, "second");
        assertTrue(checkout.start("status").says("the sources have changed: building"));
        assertEquals(2, checkout.mavenCalls().size());
    }

    @Test
    void buildsAgainForADeletedMigration() throws Exception {
        built();
        Files.delete(root.resolve("checkout/batch-jobs/target/census.inputs"));
        Files.delete(root.resolve("checkout/sql/migrations/V002__two.sql"));
        assertTrue(checkout.start("status").says("the sources have changed: building"));
    }

    @Test
    void saysWhatMavenSaidWhenTheBuildFails() throws Exception {
        var start = checkout.start(Map.of("MAVEN_FAILS", "yes"), "--version");
        assertAll(
                () -> assertEquals(5, start.exit()),
                () -> assertTrue(start.says("A.java:[1,1] no such class"), start::err),
                () -> assertTrue(start.says("batch-jobs/target/build.log"), start::err),
                () -> assertFalse(start.says("built in"), start::err));
    }

    @Test
    void buildsAgainWhenABuildWasBrokenOffAfterItsFirstJar() throws Exception {
        built();
        checkout.save("batch-jobs/src/main/java/A.java", "second");
        assertEquals(5, checkout.start(Map.of("MAVEN_BREAKS", "yes"), "status").exit());
        assertEquals(5, checkout.start(Map.of("MAVEN_FAILS", "yes"), "status").exit());
        var start = checkout.start("status");
        assertEquals(0, start.exit(), start::err);
        assertEquals(4, checkout.mavenCalls().size());
        assertEquals("", checkout.start("status").err());
    }

    @Test
    void startsNoHalfBuiltJarWhereItMayNotBuild() throws Exception {
        assertEquals(5, checkout.start(Map.of("MAVEN_BREAKS", "yes"), "status").exit());
        checkout.takeAwayWriting();
        var start = checkout.startAsOrdinaryUser("status");
        assertEquals(5, start.exit(), start::err);
        assertTrue(start.says("the program is not built yet"), start::err);
    }

    @Test
    void usesTheEarlierJarAfterABuildThatFailedBeforeItsJar() throws Exception {
        built();
        checkout.save("batch-jobs/src/main/java/A.java", "second");
        assertEquals(5, checkout.start(Map.of("MAVEN_FAILS", "yes"), "status").exit());
        checkout.takeAwayWriting();
        var start = checkout.startAsOrdinaryUser("status");
        assertEquals(0, start.exit(), start::err);
        assertTrue(start.says("using the program as it is"), start::err);
    }

    @Test
    void usesTheJarThatIsThereWhereItMayNotBuild() throws Exception {
        built();
        checkout.save("batch-jobs/src/main/java/A.java", "second");
        checkout.takeAwayWriting();
        var start = checkout.startAsOrdinaryUser("status");
        assertEquals(0, start.exit(), start::err);
        assertTrue(start.out().contains("java status"), start::out);
        assertEquals(1, start.err().lines().count(), start::err);
        assertTrue(start.says("using the program as it is"), start::err);
        assertEquals(1, checkout.mavenCalls().size());
    }

    @Test
    void saysWhatToDoWhereItMayNotBuildAndThereIsNoJar() throws Exception {
        checkout.takeAwayWriting();
        var start = checkout.startAsOrdinaryUser("demo");
        assertAll(
                () -> assertEquals(5, start.exit(), start::err),
                () -> assertTrue(start.says("the program is not built yet"), start::err),
                () -> assertTrue(start.says("cannot write to"), start::err),
                () -> assertTrue(start.says("cp -a"), start::err),
                () -> assertEquals(0, checkout.mavenCalls().size()));
    }

    @Test
    void leavesTheJarOfARunningCensusAlone() throws Exception {
        built();
        checkout.save("batch-jobs/src/main/java/A.java", "second");
        var running =
                new ProcessBuilder("flock", "-s", checkout.jar().toString(), "sh", "-c", "echo held; cat").start();
        try (var ends = running.outputWriter()) {
            assertEquals("held", running.inputReader().readLine());
            var start = checkout.start("status");
            assertTrue(start.says("another census is at work with it; using the program as it is"), start::err);
            assertEquals(0, start.exit());
        }
        running.waitFor();
        assertTrue(checkout.start("status").says("the sources have changed: building"));
    }

    private void built() throws Exception {
        assertEquals(0, checkout.start("--version").exit());
        checkout.growOld();
    }
}
