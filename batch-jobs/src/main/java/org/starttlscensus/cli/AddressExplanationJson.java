package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** {@code census explain --address IP --json}. */
record AddressExplanationJson(
        String address,
        String prefix,
        LocalDate night,
        Optional<Instant> contactsPrunedAt,
        Optional<String> provider,
        Optional<String> charged,
        List<StandingBlockJson> leftOut,
        List<AskedWaitJson> askedToWait,
        List<ConnectionJson> connections,
        List<AddressNameJson> names,
        int namesNotCalled,
        List<OtherNightJson> otherNights) {}
