package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The floor plan, as a test: which room may open a door to which, and who holds the only door to a third party. */
class FloorPlanTest {

    private static final String HOUSE = "org.starttlscensus.";

    private static final Map<String, Set<String>> DOORS = plan("""
            fact       :
            names      : fact
            lists      : fact names
            dns        : fact
            politeness : fact names
            smtp       : fact
            tls        : fact
            verdict    : fact
            store      : fact
            publish    :
            probe      : fact names smtp tls
            ledger     : fact politeness store
            settings   : fact names politeness
            lab        : fact names
            job        : fact names lists dns politeness smtp tls verdict store publish probe ledger settings
            cli        : fact names lists politeness smtp tls verdict store publish ledger settings job lab
            """);

    /** Package prefix of a third party, then the rooms that may use it. */
    private static final Map<String, Set<String>> THIRD_PARTIES = plan("""
            com.ibm.icu            : names
            com.google.common      : names
            org.xbill              : dns lab
            org.bouncycastle       : tls lab
            java.security.cert     : verdict lab
            java.sql               : store
            org.springframework.jdbc : store
            org.postgresql         : store
            org.flywaydb           : store
            io.zonky               : store
            org.apache.commons.compress : store
            org.tukaani.xz         : store
            com.zaxxer.hikari      : store
            de.siegmar             : names lists politeness publish
            org.springframework.batch : job cli
            org.springframework.context : job cli
            org.springframework.beans : job cli
            org.springframework.boot : settings job cli
            picocli                : cli
            tools.jackson          : cli
            com.fasterxml.jackson  : cli
            ch.qos.logback         : cli
            org.slf4j              : store cli
            """);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.starttlscensus");

    @Test
    void noRoomOpensADoorThatIsNotOnThePlan() {
        assertEquals(Set.of(), trespasses((from, to) ->
                to.startsWith(HOUSE) && !roomOf(to).equals(from) && !DOORS.get(from).contains(roomOf(to))));
    }

    @Test
    void everyThirdPartyHasItsOneDoor() {
        assertEquals(Set.of(), trespasses((from, to) -> THIRD_PARTIES.entrySet().stream().anyMatch(
                party -> to.startsWith(party.getKey() + ".") && !party.getValue().contains(from))));
    }

    @Test
    void factsNeedNothingButJava() {
        assertEquals(Set.of(), trespasses((from, to) -> from.equals("fact")
                && !to.startsWith(HOUSE) && !to.startsWith("java.") && !to.startsWith("org.jspecify.")));
    }

    @Test
    void thePlanNamesEveryRoom() {
        var rooms = CLASSES.stream().map(type -> roomOf(type.getName())).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(DOORS.keySet()), rooms);
    }

    private interface Rule {
        boolean broken(String fromRoom, String toType);
    }

    private static Set<String> trespasses(Rule rule) {
        var found = new TreeSet<String>();
        for (var type : CLASSES) {
            var from = roomOf(type.getName());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> !target.isPrimitive())
                    .map(JavaClass::getName)
                    .filter(to -> rule.broken(from, to))
                    .forEach(to -> found.add(type.getName() + " -> " + to));
        }
        return found;
    }

    private static String roomOf(String type) {
        return type.substring(HOUSE.length()).split("\\.", 2)[0];
    }

    private static Map<String, Set<String>> plan(String text) {
        var plan = new LinkedHashMap<String, Set<String>>();
        text.lines().map(line -> line.split(":", 2)).forEach(parts -> plan.put(parts[0].strip(),
                Arrays.stream(parts[1].strip().split(" +")).filter(room -> !room.isEmpty()).collect(Collectors.toSet())));
        return plan;
    }
}
