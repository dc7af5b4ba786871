package org.starttlscensus.policy;

import java.util.Optional;
import org.starttlscensus.dane.DaneStatus;

/**
 * Whether mail to a domain is authenticated, not only encrypted: by DANE at every accepting mail server of best
 * preference, or by an effective MTA-STS policy in mode enforce. A policy never outweighs DANE that fails.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-2">RFC 8461, section 2: a policy must not override a
 *     failing DANE validation</a>
 */
public final class Authentication {

    private Authentication() {}

    /**
     * Empty if what is unknown could change it.
     *
     * @param dane   the status of the domain; empty if unknown
     * @param policy how far the domain is with MTA-STS; empty if unknown
     * @param effect empty if unknown, or if the policy asks for nothing
     */
    public static Optional<Boolean> of(
            Optional<DaneStatus> dane, Optional<MtaStsStatus> policy, Optional<MtaStsEffect> effect) {
        return dane.flatMap(status -> of(status, policy, effect));
    }

    private static Optional<Boolean> of(DaneStatus dane, Optional<MtaStsStatus> policy, Optional<MtaStsEffect> effect) {
        return switch (dane) {
            case PASS -> Optional.of(true);
            case FAIL -> Optional.of(false);
            case ERROR -> Optional.empty();
            case UNUSABLE, NONE, INSECURE -> byPolicy(policy, effect);
        };
    }

    private static Optional<Boolean> byPolicy(Optional<MtaStsStatus> policy, Optional<MtaStsEffect> effect) {
        return policy.flatMap(status -> switch (status) {
            case NONE, RECORD_INVALID, POLICY_INVALID, MODE_NONE, TESTING -> Optional.of(false);
            // it may be an enforced one that was kept from us alone, as by a block
            case FETCH_ERROR -> Optional.empty();
            case ENFORCE -> effect.map(known -> known == MtaStsEffect.EFFECTIVE);
        });
    }
}
