package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.starttlscensus.cli.JudgeAnswer.ChainAnswer;
import org.starttlscensus.cli.JudgeAnswer.DaneAnswer;
import org.starttlscensus.cli.JudgeAnswer.FaultAnswer;
import org.starttlscensus.cli.JudgeAnswer.MtaStsAnswer;
import org.starttlscensus.cli.JudgeAnswer.NameAnswer;
import org.starttlscensus.cli.JudgeAnswer.ReplyAnswer;

/** Each field of the records is documented in its place with its type, and no other. */
class JsonDocumentTest {

    private static final Map<String, Class<? extends Record>> COMMANDS = Map.ofEntries(
            Map.entry("census check", CheckJson.class),
            Map.entry("census explain", ExplanationJson.class),
            Map.entry("census explain --address", AddressExplanationJson.class),
            Map.entry("census status", StatusJson.class),
            Map.entry("census provider list", ProviderListJson.class),
            Map.entry("census recheck", RecheckJson.class),
            Map.entry("census opt-out list", OptOutListJson.class),
            Map.entry("census opt-out add, remove", OptOutChangeJson.class),
            Map.entry("census simulate", SimulationJson.class),
            Map.entry("census reassess", ReassessmentJson.class),
            Map.entry("census prune", PruneJson.class),
            Map.entry("census lists", ListsJson.class),
            Map.entry("census settings", SettingsJson.class),
            Map.entry("census pause, resume, stop", RunRequestJson.class),
            Map.entry("census doctor, identity check", DoctorJson.class),
            Map.entry("census judge reply", ReplyAnswer.class),
            Map.entry("census judge chain", ChainAnswer.class),
            Map.entry("census judge name", NameAnswer.class),
            Map.entry("census judge dane", DaneAnswer.class),
            Map.entry("census judge mta-sts", MtaStsAnswer.class),
            Map.entry("census judge, a line without an answer", FaultAnswer.class));

    private static final JsonDocument DOCUMENT = JsonDocument.READ;

    private final Map<String, Class<?>> compared = new LinkedHashMap<>();

    @Test
    void theTablesAreTheRecords() {
        COMMANDS.forEach(this::compare);
        assertEquals(new TreeSet<>(DOCUMENT.tables().keySet()), new TreeSet<>(compared.keySet()));
    }

    private void compare(String heading, Class<?> type) {
        var before = compared.put(heading, type);
        if (before != null) {
            assertEquals(before, type, heading);
            return;
        }
        var rows = DOCUMENT.tables().get(heading);
        assertTrue(rows != null, () -> "no table is called " + heading);
        var components = type.getRecordComponents();
        assertEquals(
                Arrays.stream(components).map(JsonDocumentTest::name).toList(),
                rows.stream().map(JsonDocument.Row::field).toList(),
                heading);
        for (int i = 0; i < components.length; i++) compare(heading, components[i], rows.get(i));
    }

    private static String name(RecordComponent component) {
        var accessor = component.getAccessor();
        if (accessor.isAnnotationPresent(JsonUnwrapped.class)) return JsonDocument.AND;
        var given = accessor.getAnnotation(JsonProperty.class);
        if (given != null) return given.value();
        return component.getName().replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private void compare(String heading, RecordComponent component, JsonDocument.Row row) {
        var where = heading + ": " + row.field();
        var type = component.getGenericType();
        var isOptional = component.getType() == Optional.class;
        var isAbsent = isOptional && (row.field().equals(JsonDocument.AND) || isLeftOut(component));
        assertEquals(isAbsent, row.mayBeAbsent(), () -> where + ", absent");
        assertEquals(isOptional && !isAbsent, row.mayBeNull(), () -> where + ", null");
        assertEquals(isOptional, !row.missing().isEmpty(), where);
        assertTrue(!row.meaning().isEmpty() || row.type().startsWith("["), () -> where + " has no meaning");
        assertTrue(!row.type().endsWith("number") || !row.unit().isEmpty(), () -> where + " has no unit");
        compare(where, isOptional ? argument(type, 0) : type, row.type());
    }

    private static boolean isLeftOut(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || component.getDeclaringRecord().isAnnotationPresent(JsonInclude.class);
    }

    private void compare(String where, Type type, String documented) {
        if (type instanceof ParameterizedType generic) {
            var isMap = generic.getRawType() == Map.class;
            assertTrue(isMap || generic.getRawType() == List.class || generic.getRawType() == Collection.class, where);
            var prefix = isMap ? "object of " : "list of ";
            assertTrue(documented.startsWith(prefix), () -> "%s is %s".formatted(where, documented));
            compare(where, argument(type, isMap ? 1 : 0), documented.substring(prefix.length()));
        } else if (type instanceof Class<?> record && record.isRecord()) {
            compare(DOCUMENT.linked(documented), record);
        } else if (type == String.class && documented.endsWith("(#closed-sets)")) {
            DOCUMENT.set(documented);
        } else {
            assertEquals(simple((Class<?>) type), documented, where);
        }
    }

    private static Type argument(Type generic, int at) {
        return ((ParameterizedType) generic).getActualTypeArguments()[at];
    }

    private static String simple(Class<?> type) {
        if (type == String.class) return "string";
        if (type == boolean.class || type == Boolean.class) return "boolean";
        if (type == LocalDate.class) return "date";
        if (type == Instant.class) return "time";
        if (type == double.class || type == Double.class) return "number";
        if (List.<Class<?>>of(int.class, Integer.class, long.class, Long.class).contains(type)) return "integer";
        throw new AssertionError("no type of the document for " + type);
    }

    /** Printed by no command's test. */
    @Test
    void aCallOfWhichNothingIsStoredAndAnotherNightAreAsDocumented() {
        var attempt = Json.write(new AttemptJson(
                2,
                true,
                Optional.empty(),
                7,
                Optional.of("abandoned"),
                "standard",
                Optional.empty(),
                Optional.empty()));
        assertEquals(
                "{'attempt':2,'patient':true,'retry_at':null,'permit':7,'signal':'abandoned',"
                        + "'question':'standard','old_version_showed':null}",
                attempt.replace('"', '\''));
        DOCUMENT.check("Attempt", Json.MAPPER.readTree(attempt));
        var night = Json.write(new OtherNightJson(LocalDate.of(2026, 11, 22), Optional.of(3L)));
        assertEquals("{'night':'2026-11-22','connections':3}", night.replace('"', '\''));
        DOCUMENT.check("Other night", Json.MAPPER.readTree(night));
    }

    @Test
    void undocumentedFieldsAreFound() {
        for (var wrong : List.of(
                "{'night':'2026-11-23','request':'pause'}",
                "{'night':'2026-11-23','request':'pause','requested_at':null}",
                "{'night':'2026-11-23','request':'wait','requested_at':'2026-11-23T22:00:00Z'}",
                "{'night':20261123,'request':'pause','requested_at':'2026-11-23T22:00:00Z'}",
                "{'request':'pause','night':'2026-11-23','requested_at':'2026-11-23T22:00:00Z'}",
                "{'night':'2026-11-23','request':'pause','requested_at':'2026-11-23T22:00:00Z','more':1}")) {
            assertThrows(AssertionError.class, () -> check(wrong), wrong);
        }
        check("{'night':'2026-11-23','request':'pause','requested_at':'2026-11-23T22:00:00Z'}");
    }

    private static void check(String printed) {
        DOCUMENT.check(List.of("pause", "--json"), printed.replace('\'', '"'));
    }
}
