package org.starttlscensus.https;

import java.net.URI;
import java.util.Optional;

/** What came of a request. */
public sealed interface FetchResult {

    /**
     * The whole body is where the request says.
     *
     * @param from      where it came from in the end
     * @param mediaType of the content, as the server calls it; empty if it says none
     */
    record Fetched(
            URI from, long bytes, Optional<String> mediaType, Optional<String> etag, Optional<String> lastModified)
            implements FetchResult {}

    /** The server has the edition that we have. */
    record NotModified() implements FetchResult {}

    /**
     * There is no body.
     *
     * @param seen what was seen and what was expected, in words
     */
    record Unfetched(String seen) implements FetchResult {}
}
