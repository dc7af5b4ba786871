package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code provider_word}: only ever added to. */
public final class ProviderWords {

    private final JdbcClient jdbc;

    public ProviderWords(Database database) {
        this.jdbc = database.jdbc();
    }

    public void say(String provider, ProviderWord.Kind kind, Instant now, String by, Optional<String> reason) {
        jdbc.sql(Sql.named("provider/say")).param("provider", provider).param("word", kind.label()).param("said_at", Times.of(now))
                .param("said_by", by).param("reason", reason.orElse(null)).update();
    }

    /** What was said behind a word, in order; behind 0 is everything. */
    public List<ProviderWord> after(long id) {
        return jdbc.sql(Sql.named("provider/words")).param("after", id).query((row, _) -> word(row)).list();
    }

    /** The word that holds for each provider of which anything was said. */
    public List<ProviderWord> latest() {
        return jdbc.sql(Sql.named("provider/latest_words")).query((row, _) -> word(row)).list();
    }

    /** The providers whose last word is a pause. */
    public Set<String> paused() {
        return latest().stream().filter(word -> word.kind() == ProviderWord.Kind.PAUSE).map(ProviderWord::provider)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether any plan ever named this provider, or an operator did. */
    public boolean knows(String provider) {
        return jdbc.sql(Sql.named("provider/known")).param("provider", provider).query(Boolean.class).single();
    }

    private static ProviderWord word(ResultSet row) throws SQLException {
        return new ProviderWord(row.getLong("provider_word_id"), row.getString("provider"),
                ProviderWord.Kind.valueOf(row.getString("word").toUpperCase(Locale.ROOT)), Times.read(row, "said_at").orElseThrow(),
                row.getString("said_by"), Optional.ofNullable(row.getString("reason")));
    }
}
