package org.starttlscensus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.starttlscensus.store.CommitAnswer;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Permits;

/** Commits permits for calls that must all get one. */
public final class GrantedPermits {

    private GrantedPermits() {}

    /**
     * Returns the permits by endpoint id.
     *
     * @throws FencedException if another process has taken the night over
     */
    public static Map<Long, CommitAnswer.Granted> commit(
            Permits permits, NightLease lease, List<Permits.Chosen> chosen) {
        Map<Long, CommitAnswer.Granted> granted = new HashMap<>();
        permits.commit(lease, chosen).forEach((endpoint, answer) -> {
            switch (answer) {
                case CommitAnswer.Granted one -> granted.put(endpoint, one);
                case CommitAnswer.Fenced _ -> throw FencedException.of(lease);
                case CommitAnswer.NotNow _ -> throw new AssertionError("endpoint " + endpoint + " got no permit");
                case CommitAnswer.OptedOut _ -> throw new AssertionError("endpoint " + endpoint + " has opted out");
            }
        });
        return granted;
    }
}
