package org.starttlscensus.https;

import java.net.URI;
import java.util.Optional;

/**
 * One document to fetch.
 *
 * @param into         what gets the body
 * @param mostBytes    a longer body is refused
 * @param etag         of the edition that we have; the server then says whether it has another
 * @param lastModified the same, as the server said it
 */
public record FetchRequest(
        URI url, BodyTarget into, long mostBytes, Optional<String> etag, Optional<String> lastModified) {

    public FetchRequest {
        if (mostBytes < 1) throw new IllegalArgumentException("at most %d bytes: nothing fits".formatted(mostBytes));
    }
}
