package org.starttlscensus.cli;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as every command reads and writes it: strict coming in; going out nothing but printable ASCII, so that no word of a
 * peer can steer the terminal it is shown on.
 */
final class Json {

    private static final int TILDE = 0x7e; // the last printable character of ASCII

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .highestNonEscapedChar(TILDE)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
