package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of layers in {@code docs/architecture.md} agrees with the table of rooms of {@link FloorPlanTest}. */
class FloorPlanPictureTest {

    private static final Pattern ROOM = Pattern.compile("(?m)^ {2}(\\d) {4}([a-z]+) ");

    @Test
    void everyRoomUsesOnlyRoomsOfLowerLayers() throws Exception {
        Map<String, Integer> layers = new HashMap<>();
        ROOM.matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .forEach(line -> layers.put(line.group(2), Integer.parseInt(line.group(1))));
        var rooms = new TreeSet<String>();
        var upwards = new TreeSet<String>();
        for (var row : DocumentTable.rows("architecture.md", "| room |")) {
            var room = row.getFirst();
            rooms.add(room);
            for (var used : row.get(1).split(" ")) {
                if (!used.isEmpty() && layers.getOrDefault(used, 9) >= layers.getOrDefault(room, -1))
                    upwards.add(room + " uses " + used);
            }
        }
        assertEquals(rooms, new TreeSet<>(layers.keySet()));
        assertEquals(Set.of(), upwards);
    }
}
