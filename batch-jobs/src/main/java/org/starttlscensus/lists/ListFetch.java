package org.starttlscensus.lists;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.https.BodyTarget;
import org.starttlscensus.https.FetchRequest;
import org.starttlscensus.https.FetchResult;
import org.starttlscensus.https.HttpsClient;

/**
 * Fetches lists by HTTPS. The edition that is there stays until another one is whole, has the expected checksum, can be
 * read as a list and is not half as long.
 */
public final class ListFetch {

    /** A million domains are some 10 MB, packed. */
    static final long MOST_BYTES = 1L << 30;

    /** As a night refuses a list. */
    private static final int REFUSED_FROM_PERCENT = 50;

    private final HttpsClient https;
    private final Path folder;
    private final ListTolerance tolerance;

    /** @param folder of the lists that are fetched; it is made if it is missing */
    public ListFetch(HttpsClient https, Path folder, ListTolerance tolerance) {
        this.https = https;
        this.folder = folder;
        this.tolerance = tolerance;
    }

    /**
     * Asks for another edition. The server is not asked to send the one that we have.
     *
     * @param sha256Hex that the file must have, in lower case; then it is fetched even if it has not changed
     */
    public FetchOutcome fetch(ListSource source, Optional<String> sha256Hex, Instant now) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(source.file());
        var kept = FetchedList.of(file);
        // What another URL said of its editions says nothing here.
        var known = kept.filter(edition -> edition.url().equals(source.url()))
                .filter(edition -> sha256Hex.isEmpty() || sha256Hex.get().equals(edition.sha256Hex()));
        var unfinished = folder.resolve(".fetching-" + ProcessHandle.current().pid() + "-" + source.file());
        Files.deleteIfExists(unfinished); // of a process that had this number before
        try {
            var result = https.fetch(new FetchRequest(
                    source.url(),
                    BodyTarget.file(unfinished),
                    MOST_BYTES,
                    known.flatMap(FetchedList::etag),
                    known.flatMap(FetchedList::lastModified)));
            return switch (result) {
                case FetchResult.Unfetched(var seen) -> new FetchOutcome.NotFetched(seen, kept);
                case FetchResult.NotModified() -> new FetchOutcome.Unchanged(known.orElseThrow());
                case FetchResult.Fetched fetched -> accept(source, fetched, unfinished, sha256Hex, kept, now);
            };
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private FetchOutcome accept(
            ListSource source,
            FetchResult.Fetched fetched,
            Path unfinished,
            Optional<String> sha256Hex,
            Optional<FetchedList> kept,
            Instant now)
            throws IOException {
        try {
            var pinned = DomainList.pin(unfinished);
            var wrong = sha256Hex.filter(expected -> !expected.equals(pinned.sha256Hex()));
            if (wrong.isPresent())
                return new FetchOutcome.RefusedEdition(
                        "%s: SHA-256 %s, expected %s".formatted(fetched.from(), pinned.sha256Hex(), wrong.get()), kept);
            var read = DomainList.read(pinned, tolerance, _ -> {});
            var edition = new FetchedList(
                    folder.resolve(source.file()),
                    source.url(),
                    pinned.sha256Hex(),
                    pinned.bytes(),
                    read.count().lines(),
                    read.textOctets(),
                    now,
                    fetched.etag(),
                    fetched.lastModified());
            var shorter = kept.filter(before -> edition.missingPercentOf(before) >= REFUSED_FROM_PERCENT);
            if (shorter.isPresent() && !tolerance.acceptsShorter())
                return new FetchOutcome.RefusedEdition(shorter(source, edition, shorter.get()), kept);
            var same = kept.filter(before -> before.sha256Hex().equals(edition.sha256Hex()));
            if (same.isPresent()) return new FetchOutcome.Unchanged(edition.write());
            edition.replace(unfinished);
            return new FetchOutcome.Replaced(edition, kept, read.hasCutLastLine());
        } catch (MalformedListException noList) {
            return new FetchOutcome.RefusedEdition(
                    "%s: what came is no list that can be used. %s".formatted(fetched.from(), noList.getMessage()),
                    kept);
        }
    }

    private static String shorter(ListSource source, FetchedList now, FetchedList before) {
        return ("%s: %,d lines, but the edition of %s has %,d: %d %% are missing, expected less than %d %%. "
                        + "It may have been cut on its way")
                .formatted(
                        source.url(),
                        now.lines(),
                        before.fetchedAt(),
                        before.lines(),
                        now.missingPercentOf(before),
                        REFUSED_FROM_PERCENT);
    }
}
