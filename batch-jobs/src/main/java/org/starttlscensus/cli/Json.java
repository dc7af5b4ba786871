package org.starttlscensus.cli;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as every command reads and writes it. Input is read strictly. Output is printable ASCII only, so text of a
 * peer cannot control the terminal on which it is shown.
 *
 * <p>Records are written field by field, with names in snake case; an empty Optional is null. {@code docs/json.md}
 * describes them.
 */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY) // as the records declare them
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** On one line. Jackson does not escape DEL, because it is ASCII. It can occur only within a string. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007F");
    }
}
