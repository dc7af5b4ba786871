package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.starttlscensus.store.StandingWait;

/** A wait that a reply named. */
record AskedWaitJson(
        String provider,
        String ip,
        String counts,
        Instant saidAt,
        Optional<String> words,
        long seconds,
        Instant until,
        LocalDate firstNight) {

    static AskedWaitJson of(StandingWait wait) {
        return new AskedWaitJson(
                wait.provider(),
                wait.address().toString(),
                wait.isOfProvider() ? "provider" : "address",
                wait.askedAt(),
                wait.words(),
                wait.asked().toSeconds(),
                wait.until(),
                SkipWords.firstNight(wait));
    }
}
