package org.starttlscensus.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.store.OperatorOverride;

/** {@code census provider list --json}. */
record ProviderListJson(LocalDate night, boolean nightCompleted, List<ListedProviderJson> providers, int leftOut) {

    static ProviderListJson of(ProviderListing listing, int leftOut) {
        return new ProviderListJson(
                listing.night().date(),
                listing.isOver(),
                listing.providerLines().stream().map(ListedProviderJson::of).toList(),
                leftOut);
    }

    /** What one provider saw of the night, and whether it is called. */
    record ListedProviderJson(
            String provider,
            long servers,
            long leftAlone,
            long calls,
            long open,
            Optional<Instant> lastCallEndedAt,
            Map<String, Long> answers,
            int suspensions,
            String state,
            Optional<Instant> until,
            Optional<String> because,
            Optional<AskedWaitJson> askedToWait,
            List<ListedAddressJson> addresses,
            Optional<OverrideJson> word) {

        private static ListedProviderJson of(ProviderListing.ProviderLine providerLine) {
            var seen = providerLine.seen();
            var state = providerLine.state();
            return new ListedProviderJson(
                    seen.provider(),
                    seen.servers(),
                    seen.leftAlone(),
                    seen.calls(),
                    seen.open(),
                    seen.lastAt(),
                    seen.answers(),
                    providerLine.suspensions(),
                    state.label(),
                    state.until(),
                    state.because(),
                    state.asked().map(AskedWaitJson::of),
                    providerLine.addresses().stream().map(ListedAddressJson::of).toList(),
                    state.override().map(OverrideJson::of));
        }
    }

    /** An address that is charged with its own refusals, and was or is left alone. */
    record ListedAddressJson(
            String ip,
            int suspensions,
            String state,
            Optional<Instant> until,
            Optional<String> because,
            Optional<AskedWaitJson> askedToWait) {

        private static ListedAddressJson of(ProviderListing.AddressLine addressLine) {
            var state = addressLine.state();
            return new ListedAddressJson(
                    addressLine.address().toString(),
                    addressLine.suspensions(),
                    state.label(),
                    state.until(),
                    state.because(),
                    state.asked().map(AskedWaitJson::of));
        }
    }

    /** The operator's last override of a provider. */
    record OverrideJson(String word, Instant saidAt, String saidBy, Optional<String> reason) {

        private static OverrideJson of(OperatorOverride override) {
            return new OverrideJson(override.overrideKind().label(), override.at(), override.by(), override.reason());
        }
    }
}
