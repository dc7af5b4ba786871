package org.starttlscensus.store;

import static org.starttlscensus.store.Columns.flags;
import static org.starttlscensus.store.Columns.texts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Octets;

/** Tables {@code chain} and {@code chain_verdict}. */
public final class Chains {

    private final JdbcClient jdbc;

    public Chains(Database database) {
        this.jdbc = database.jdbc();
    }

    /** The next chains, ascending by id, that a call saw in that night or later. */
    public List<Long> seenSince(CensusNight since, long after, int most) {
        return jdbc.sql(Sql.named("chain/seen_since"))
                .param("since", since.date())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> row.getLong("chain_id"))
                .list();
    }

    /** The certificates of each chain, as sent, DER. */
    public Map<Long, List<Octets>> ders(Collection<Long> chains) {
        Map<Long, List<Octets>> found = new LinkedHashMap<>();
        jdbc.sql(Sql.named("chain/ders")).param("chains", ids(chains)).query(row -> {
            found.computeIfAbsent(row.getLong("chain_id"), _ -> new ArrayList<>())
                    .add(Octets.of(row.getBytes("der")));
        });
        return found;
    }

    /** CA certificates of other chains that may complete this one, DER; a limited number. */
    public List<Octets> knownIssuers(long chain) {
        return jdbc.sql(Sql.named("chain/known_issuers"))
                .param("chain_id", chain)
                .query((row, _) -> Octets.of(row.getBytes("der")))
                .list();
    }

    /** The stored verdicts by chain, in the order of time. */
    public Map<Long, List<ChainSpan>> verdicts(Collection<Long> chains, long trustStore, String methodVersion) {
        Map<Long, List<ChainSpan>> found = new LinkedHashMap<>();
        jdbc.sql(Sql.named("chain/verdicts"))
                .param("chains", ids(chains))
                .param("trust_store_id", trustStore)
                .param("method_version", methodVersion)
                .query(row -> {
                    found.computeIfAbsent(row.getLong("chain_id"), _ -> new ArrayList<>())
                            .add(span(row));
                });
        return found;
    }

    /**
     * Stores verdicts in the caller's transaction. Verdicts on the same chains by the same trust store and method are
     * replaced.
     */
    public void save(Collection<Long> chains, long trustStore, String methodVersion, List<ChainSpan> spans) {
        jdbc.sql(Sql.named("chain/clear_verdicts"))
                .param("chains", ids(chains))
                .param("trust_store_id", trustStore)
                .param("method_version", methodVersion)
                .update();
        jdbc.sql(Sql.named("chain/add_verdicts"))
                .param("trust_store_id", trustStore)
                .param("method_version", methodVersion)
                .param("chains", spans.stream().mapToLong(ChainSpan::chainId).toArray())
                .param("known_intermediates", flags(spans, span -> Optional.of(span.knownIntermediates())))
                .param(
                        "from",
                        texts(
                                spans,
                                span -> Optional.of(span.from().map(Times::text).orElse("-infinity"))))
                .param(
                        "until",
                        texts(
                                spans,
                                span -> Optional.of(
                                        span.until().map(Times::text).orElse("infinity"))))
                .param(
                        "statuses",
                        texts(spans, span -> Optional.of(span.verdict().status())))
                .param("chain_ok", verdict(spans, ServerVerdictRow.Chain::chainOk))
                .param("expired", verdict(spans, ServerVerdictRow.Chain::expired))
                .param("not_yet_valid", verdict(spans, ServerVerdictRow.Chain::notYetValid))
                .param("self_signed", verdict(spans, ServerVerdictRow.Chain::selfSigned))
                .param("weak_keys", verdict(spans, ServerVerdictRow.Chain::weakKey))
                .param("weak_signatures", verdict(spans, ServerVerdictRow.Chain::weakSignature))
                .param("roots", texts(spans, span -> span.root().map(PeerText::storable)))
                .param(
                        "reasons",
                        spans.stream()
                                .map(span -> PeerText.array(span.reasons()))
                                .toArray(String[]::new))
                .update();
    }

    private static ChainSpan span(ResultSet row) throws SQLException {
        return new ChainSpan(
                row.getLong("chain_id"),
                row.getBoolean("known_intermediates"),
                Times.read(row, "holds_from"),
                Times.read(row, "holds_until"),
                new ServerVerdictRow.Chain(
                        row.getString("chain"),
                        row.getBoolean("chain_ok"),
                        row.getBoolean("expired"),
                        row.getBoolean("not_yet_valid"),
                        row.getBoolean("self_signed"),
                        row.getBoolean("weak_key"),
                        row.getBoolean("weak_signature")),
                Optional.ofNullable(row.getString("root")),
                Arrays.asList((String[]) row.getArray("reasons").getArray()));
    }

    private static Boolean[] verdict(List<ChainSpan> spans, Function<ServerVerdictRow.Chain, Boolean> flag) {
        return flags(spans, span -> Optional.of(flag.apply(span.verdict())));
    }

    private static Long[] ids(Collection<Long> chains) {
        return chains.toArray(Long[]::new);
    }
}
