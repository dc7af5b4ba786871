package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the program with the two tables of {@code docs/architecture.md}: which room may use which, and which rooms
 * may use a third party. Whatever a table does not allow is forbidden.
 */
class FloorPlanTest {

    private static final String HOUSE = "org.starttlscensus.";
    /** What every room may use. Packages of the JDK that have a row in the table of third parties are not among it. */
    private static final List<String> FREE_FOR_ALL = List.of("java.", "org.jspecify.annotations.");

    private static final Map<String, Set<String>> ROOMS = table("room");
    private static final Map<String, Set<String>> THIRD_PARTIES = table("third party");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.starttlscensus");

    @Test
    void noRoomUsesARoomThatIsNotOnThePlan() {
        assertEquals(
                Set.of(),
                trespasses((from, to) -> to.startsWith(HOUSE)
                        && !roomOf(to).equals(from)
                        && !ROOMS.get(from).contains(roomOf(to))));
    }

    @Test
    void noRoomUsesAThirdPartyThatIsNotOnThePlan() {
        assertEquals(Set.of(), trespasses((from, to) -> !to.startsWith(HOUSE) && !mayUse(from, to)));
    }

    /** A row that nobody needs would let somebody in unseen. */
    @Test
    void everyEntryOfThePlanIsUsed() {
        var used = new TreeSet<String>();
        trespasses((from, to) -> {
            if (to.startsWith(HOUSE)) used.add(from + " uses " + roomOf(to));
            else thirdParty(to).ifPresent(party -> used.add(from + " uses " + party.getKey()));
            return false;
        });
        var planned = new TreeSet<String>();
        ROOMS.forEach((room, others) -> others.forEach(other -> planned.add(room + " uses " + other)));
        THIRD_PARTIES.forEach((party, rooms) -> rooms.forEach(room -> planned.add(room + " uses " + party)));
        planned.removeAll(used);
        assertEquals(Set.of(), planned);
    }

    @Test
    void thePlanNamesEveryRoom() {
        var rooms = CLASSES.stream().map(type -> roomOf(type.getName())).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(rooms, new TreeSet<>(ROOMS.keySet()));
    }

    @Test
    void roomsBuildOnEachOtherWithoutACircle() {
        var left = new TreeMap<>(ROOMS);
        while (!left.isEmpty()) {
            var ground = left.entrySet().stream()
                    .filter(room -> room.getValue().stream().noneMatch(left::containsKey))
                    .map(Map.Entry::getKey)
                    .toList();
            assertTrue(!ground.isEmpty(), () -> "a circle among " + left.keySet());
            ground.forEach(left::remove);
        }
    }

    /** Types are written by their simple names, so that a name must say which type it is. */
    @Test
    void noTypeNameIsUsedTwice() {
        var byName = CLASSES.stream()
                .filter(type ->
                        !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
        byName.values().removeIf(types -> types.size() == 1);
        assertEquals(Map.of(), byName);
    }

    /** Politeness rests on it: told the same past, the dispatcher decides alike. */
    @Test
    void dispatchKnowsNoClockNoThreadsAndNoSql() {
        assertEquals(
                Set.of(),
                trespasses((from, to) -> from.equals("dispatch")
                        && !to.startsWith(HOUSE)
                        && !to.matches("java\\.lang\\.(?!Thread|Process|System|Runtime)[^.]+")
                        && !to.matches("java\\.lang\\.(invoke|runtime|annotation)\\..*")
                        && !to.matches("java\\.util\\.[A-Z]\\w*|java\\.util\\.(function|stream)\\..*")
                        && !to.matches(
                                "java\\.time\\.(?!Clock|InstantSource)[^.]+|org\\.jspecify\\.annotations\\..*")));
        var askedForNow = CLASSES.stream()
                .filter(type -> roomOf(type.getName()).equals("dispatch"))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access instanceof JavaCodeUnitAccess
                        && access.getTarget().getName().equals("now"))
                .map(Object::toString)
                .collect(Collectors.toSet());
        assertEquals(Set.of(), askedForNow);
    }

    private static boolean mayUse(String room, String type) {
        return thirdParty(type)
                .map(party -> party.getValue().contains(room))
                .orElse(FREE_FOR_ALL.stream().anyMatch(type::startsWith));
    }

    private static Optional<Map.Entry<String, Set<String>>> thirdParty(String type) {
        return THIRD_PARTIES.entrySet().stream()
                .filter(party -> type.startsWith(party.getKey() + "."))
                .findFirst();
    }

    /** @param isBroken asked with a room and a type that it uses */
    private static Set<String> trespasses(BiPredicate<String, String> isBroken) {
        var found = new TreeSet<String>();
        for (var type : CLASSES) {
            var from = roomOf(type.getName());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> !target.isPrimitive())
                    .map(JavaClass::getName)
                    .filter(to -> isBroken.test(from, to))
                    .forEach(to -> found.add(type.getName() + " -> " + to));
        }
        return found;
    }

    private static String roomOf(String type) {
        return type.substring(HOUSE.length()).split("\\.", 2)[0];
    }

    /** The rows of the table whose first heading is given: two cells, with names in back quotes. */
    private static Map<String, Set<String>> table(String heading) {
        try {
            var rows = Files.readAllLines(Path.of("../docs/architecture.md")).stream()
                    .dropWhile(line -> !line.startsWith("| " + heading + " |"))
                    .skip(2)
                    .takeWhile(line -> line.startsWith("|"));
            return rows.map(row -> row.split("\\|"))
                    .collect(Collectors.toMap(
                            cells -> names(cells[1]).iterator().next(),
                            cells -> names(cells[2]),
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(String cell) {
        return Arrays.stream(cell.strip().split(" +"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.substring(1, name.length() - 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
