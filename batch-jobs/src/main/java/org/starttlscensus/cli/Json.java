package org.starttlscensus.cli;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as every command reads and writes it: strict coming in; going out nothing but printable ASCII, so that no word of a
 * peer can steer the terminal it is shown on.
 */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** On one line. DEL is ASCII to Jackson; in JSON it can stand only within a string. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007F");
    }
}
