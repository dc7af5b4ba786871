package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One case for {@code census judge}, as a JSON object. Unknown keys are ignored. */
final class JsonCase {

    private final JsonNode fields;

    private JsonCase(JsonNode fields) {
        this.fields = fields;
    }

    /** @param length the octets of the buffer that belong to the case */
    static JsonCase of(byte[] buffer, int length) throws UnreadableCaseException {
        try {
            var read = Json.MAPPER.readTree(buffer, 0, length);
            if (!read.isObject()) throw new UnreadableCaseException("not a JSON object");
            return new JsonCase(read);
        } catch (JacksonException broken) {
            throw new UnreadableCaseException("not JSON: " + broken.getOriginalMessage());
        }
    }

    /** Null counts as absent. */
    boolean has(String key) {
        return fields.hasNonNull(key);
    }

    String text(String key) throws UnreadableCaseException {
        if (!has(key)) throw new UnreadableCaseException("\"%s\" is missing".formatted(key));
        return text(key, fields.get(key));
    }

    Optional<String> findText(String key) throws UnreadableCaseException {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    boolean flag(String key, boolean otherwise) throws UnreadableCaseException {
        if (!has(key)) return otherwise;
        if (!fields.get(key).isBoolean())
            throw new UnreadableCaseException("\"%s\" is neither true nor false".formatted(key));
        return fields.get(key).asBoolean();
    }

    List<String> texts(String key) throws UnreadableCaseException {
        if (!has(key)) throw new UnreadableCaseException("\"%s\" is missing".formatted(key));
        if (!fields.get(key).isArray())
            throw new UnreadableCaseException("\"%s\" is not an array of strings".formatted(key));
        var texts = new ArrayList<String>();
        for (var each : fields.get(key)) texts.add(text(key, each));
        return texts;
    }

    /** As {@link #texts}, but an element may also be an array of strings, which belong together. */
    List<String> joinedTexts(String key) throws UnreadableCaseException {
        if (!has(key)) throw new UnreadableCaseException("\"%s\" is missing".formatted(key));
        if (!fields.get(key).isArray())
            throw new UnreadableCaseException("\"%s\" is not an array of strings".formatted(key));
        var texts = new ArrayList<String>();
        for (var each : fields.get(key)) texts.add(each.isArray() ? joined(key, each) : text(key, each));
        return texts;
    }

    private static String joined(String key, JsonNode parts) throws UnreadableCaseException {
        var whole = new StringBuilder();
        for (var part : parts) whole.append(text(key, part));
        return whole.toString();
    }

    private static String text(String key, JsonNode value) throws UnreadableCaseException {
        if (!value.isString()) throw new UnreadableCaseException("\"%s\" is not a string".formatted(key));
        return value.asString();
    }
}
