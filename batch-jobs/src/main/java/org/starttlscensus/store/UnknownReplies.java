package org.starttlscensus.store;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

/** The replies of a night that match no rule, from the ledger and the observations. */
public final class UnknownReplies {

    private final JdbcClient jdbc;

    public UnknownReplies(Database database) {
        this.jdbc = database.jdbc();
    }

    /**
     * One reply text and its frequency.
     *
     * @param reply   the octets as received from the peer
     * @param calls   number of calls that ended with it
     * @param example one of the hosts that sent it
     */
    public record Unknown(CallPhase phase, Octets reply, long calls, Hostname example) {}

    /**
     * The most frequent unknown replies.
     *
     * @param texts number of different texts in all
     */
    public record ReplyListing(List<Unknown> replies, long texts) {}

    public ReplyListing of(CensusNight night, int most) {
        var texts = new long[1];
        var replies = jdbc.sql(Sql.named("status/unknown_replies"))
                .param("night", night.date())
                .param("most", most)
                .query((row, _) -> {
                    texts[0] = row.getLong("texts");
                    return new Unknown(
                            CallPhase.of(row.getString("phase")),
                            Octets.of(row.getBytes("reply")),
                            row.getLong("calls"),
                            new Hostname(row.getString("example")));
                })
                .list();
        return new ReplyListing(replies, texts[0]);
    }
}
