package org.starttlscensus.https;

import java.net.URI;
import java.util.Optional;

/**
 * One document to fetch. An {@code etag} or {@code lastModified} that no header can carry back is left out; then the
 * document is fetched as if it were new.
 *
 * @param into         what gets the body
 * @param mostBytes    a longer body is refused
 * @param etag         of the edition that we have; the server then says whether it has another
 * @param lastModified the same, as the server said it
 */
public record FetchRequest(
        URI url, BodyTarget into, long mostBytes, Optional<String> etag, Optional<String> lastModified) {

    private static final int LONGEST = 256;

    public FetchRequest {
        if (mostBytes < 1) throw new IllegalArgumentException("at most %d bytes: nothing fits".formatted(mostBytes));
        etag = etag.filter(FetchRequest::canBeSentBack);
        lastModified = lastModified.filter(FetchRequest::canBeSentBack);
    }

    /**
     * Printable ASCII, and not long. A server may send other octets, but we do not send them.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.5">RFC 9110, section 5.5: field values</a>
     */
    static boolean canBeSentBack(String header) {
        return header.length() <= LONGEST && header.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
