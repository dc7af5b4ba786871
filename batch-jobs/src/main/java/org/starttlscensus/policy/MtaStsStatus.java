package org.starttlscensus.policy;

import java.util.Locale;
import java.util.Optional;

/** How far a domain is with MTA-STS, step by step. */
public enum MtaStsStatus {
    NONE,
    RECORD_INVALID,
    FETCH_ERROR,
    POLICY_INVALID,
    MODE_NONE,
    TESTING,
    ENFORCE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode in which a policy acts; empty if none does. */
    public Optional<MtaStsMode> mode() {
        return switch (this) {
            case NONE, RECORD_INVALID, FETCH_ERROR, POLICY_INVALID, MODE_NONE -> Optional.empty();
            case TESTING -> Optional.of(MtaStsMode.TESTING);
            case ENFORCE -> Optional.of(MtaStsMode.ENFORCE);
        };
    }

    /** @param policy empty if it could not be fetched */
    public static MtaStsStatus of(MtaStsRecord record, Optional<PolicyReading> policy) {
        return switch (record) {
            case MtaStsRecord.NoMtaSts() -> NONE;
            case MtaStsRecord.FaultyMtaSts _ -> RECORD_INVALID;
            case MtaStsRecord.ValidMtaSts _ -> policy.map(MtaStsStatus::of).orElse(FETCH_ERROR);
        };
    }

    private static MtaStsStatus of(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.InvalidPolicy _ -> POLICY_INVALID;
            case PolicyReading.ValidPolicy(var policy, var _) -> of(policy.mode());
        };
    }

    private static MtaStsStatus of(MtaStsMode mode) {
        return switch (mode) {
            case NONE -> MODE_NONE;
            case TESTING -> TESTING;
            case ENFORCE -> ENFORCE;
        };
    }
}
