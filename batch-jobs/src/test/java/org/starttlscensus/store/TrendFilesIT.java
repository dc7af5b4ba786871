package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.Octets;

/**
 * The files of trends have the bytes that they had when each distribution had a table of its own; and behind them an
 * empty column, because nothing was drawn.
 */
@ExtendWith(EmptyDatabaseExtension.class)
class TrendFilesIT {

    private static final Map<PublishedTable, String> SHA256 = Map.of(
            PublishedTable.ADOPTION, "2dbd9fab49e234fa654bf9c1b615ee9ac26087019110428da20640668e7ba762",
            PublishedTable.TLS_VERSION, "90143a05567b505ea4cf44033d98b50fabf02d9339390f2a03a6cebe90f61bd1",
            PublishedTable.CIPHER_SUITE, "e29d0b65e385410e0fa5a19643204f83e7cdca85dafe7cf7e4f91607a07b8043",
            PublishedTable.KEY_EXCHANGE_GROUP, "f7f70cd7f53c2bb59b9b569a6acf2b0b552fc7a551105b891ede2834287e551c",
            PublishedTable.CERTIFICATE, "79b7eaf60be7937812d312e21e49fbdb29670d83aa8fca25815905db6fc1f7bd");

    private static Database database;

    @Test
    void areThoseOfFourTables() {
        var world = TrendWorld.random(
                60, RandomGeneratorFactory.of("L64X128MixRandom").create(15));
        database.transactions().executeWithoutResult(_ -> new TrendWorldTables(database).fill(world));
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        var found = new TreeMap<PublishedTable, String>();
        for (var table : SHA256.keySet()) found.put(table, sha256(table));
        assertEquals(new TreeMap<>(SHA256), found);
    }

    private static String sha256(PublishedTable table) {
        var text = new StringBuilder();
        new PublishedRows(database).each(table, TrendWorld.NIGHT, 25, row -> {
            assertEquals("", row.getLast());
            text.append(row.stream().limit(row.size() - 1).collect(Collectors.joining(",")))
                    .append('\n');
        });
        return Octets.of(text.toString()).sha256().toString();
    }
}
