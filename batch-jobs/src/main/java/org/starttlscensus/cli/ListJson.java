package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.lists.DomainList;
import org.starttlscensus.lists.FetchedList;
import org.starttlscensus.lists.ListName;

/** A list of domains that a run reads, or could read. */
record ListJson(
        String file,
        String listId,
        boolean isConfigured,
        boolean isThere,
        Optional<Long> bytes,
        Optional<String> sha256,
        Optional<Long> lines,
        Optional<String> url,
        Optional<Instant> since,
        Optional<Long> ageSeconds) {

    /** Lines and origin are known of a list that was fetched. The others are as old as their file. */
    static ListJson of(Path file, boolean isConfigured, Instant now) throws IOException {
        if (!Files.isRegularFile(file)) {
            return new ListJson(
                    file.toString(),
                    ListName.of(file),
                    isConfigured,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        var fetched = FetchedList.of(file);
        var since = fetched.isPresent()
                ? fetched.get().fetchedAt()
                : Files.getLastModifiedTime(file).toInstant();
        return new ListJson(
                file.toString(),
                ListName.of(file),
                isConfigured,
                true,
                Optional.of(Files.size(file)),
                Files.size(file) == 0
                        ? Optional.empty()
                        : Optional.of(DomainList.pin(file).sha256Hex()),
                fetched.map(FetchedList::lines),
                fetched.map(edition -> edition.url().toString()),
                Optional.of(since),
                Optional.of(Math.max(0, Duration.between(since, now).toSeconds())));
    }
}
