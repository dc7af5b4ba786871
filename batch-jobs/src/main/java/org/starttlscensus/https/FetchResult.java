package org.starttlscensus.https;

import java.net.URI;
import java.util.Optional;

/** What came of a request. */
public sealed interface FetchResult {

    /**
     * The whole body is in the file.
     *
     * @param from where it came from in the end
     */
    record Fetched(URI from, long bytes, Optional<String> etag, Optional<String> lastModified) implements FetchResult {}

    /** The server has the edition that we have. */
    record NotModified() implements FetchResult {}

    /**
     * There is no file.
     *
     * @param seen what was seen and what was expected, in words
     */
    record Unfetched(String seen) implements FetchResult {}
}
