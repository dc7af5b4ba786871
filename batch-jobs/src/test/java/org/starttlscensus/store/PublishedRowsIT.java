package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.publish.DatasetFile;
import org.starttlscensus.publish.DatasetWriter;

/** From the tables to the files, as the publish step writes them. */
class PublishedRowsIT {

    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Set<String> YES_OR_NO = Set.of("true", "false", "");

    @TempDir
    static Path directory;

    private static Database database;
    private static Path published;

    @BeforeAll
    static void publish() {
        database = EmptyDatabase.in(directory.resolve("pg"));
        new TrendWorldTables(database)
                .fill(TrendWorld.random(
                        60, RandomGeneratorFactory.of("L64X128MixRandom").create(15)));
        database.jdbc().sql("""
                WITH odd AS (INSERT INTO mail_host (name) VALUES ('-2-3.example'), ('_x.example')
                             RETURNING mail_host_id, name),
                     there AS (INSERT INTO endpoint (mail_host_id, address)
                               SELECT mail_host_id, CASE name WHEN '_x.example' THEN inet '::192.0.2.1'
                                      ELSE '2001:db8:0:0:1:0:0:1' END FROM odd
                               RETURNING endpoint_id, address),
                     planned AS (INSERT INTO planned_call (night, endpoint_id, position, address, prefix,
                                                           provider, provider_source,
                                                           provider_rules, is_primary, is_implicit)
                                 SELECT :night, endpoint_id, 1, address, '2001:db8::/48', '-2.example', 'psl', 'test',
                                        true, false FROM there)
                INSERT INTO server_verdict (night, endpoint_id, outcome, attempts, observed_at, flags, method_version,
                                            provider)
                SELECT :night, endpoint_id, 'blocked', 1, '2026-11-24T00:30:01.999+02:00',
                       '{muted_ehlo,masked_banner}', '1', '-2.example'
                           FROM there""").param("night", TrendWorld.NIGHT.date()).update();
        new Verdicts(database).rollUpDomains(TrendWorld.NIGHT, "1");
        new Trends(database).aggregate(TrendWorld.NIGHT, "1");
        published = publishIn("one");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Path publishIn(String folder) {
        var rows = new PublishedRows(database);
        var files = Arrays.stream(PublishedTable.values())
                .map(table -> new DatasetFile(
                        table.file(), table.columns(), each -> rows.each(table, TrendWorld.NIGHT, 2525, each)))
                .toList();
        new DatasetWriter().publish(directory.resolve(folder), files, LocalDate.EPOCH, "as a test");
        return directory.resolve(folder);
    }

    private static List<NamedCsvRecord> read(PublishedTable table) throws IOException {
        var raw = Files.newInputStream(published.resolve(table.file()));
        var text = new InputStreamReader(
                table.file().endsWith(".gz") ? new GZIPInputStream(raw) : raw, StandardCharsets.UTF_8);
        try (var csv = CsvReader.builder().ofNamedCsvRecord(text)) {
            return csv.stream().toList();
        }
    }

    @Test
    void theColumnsAreTheDocumentedOnes() throws IOException {
        assertEquals(
                "night,mx_host,ip,port,provider,outcome,starttls,usable,reply_code,enhanced_code,"
                        + "tls_version,cipher_suite,"
                        + "key_exchange_group,chain,name_match,weak,leaf_sha256,dane,attempts,observed_at,"
                        + "inherited_from,last_own_at,last_own_tls_version,"
                        + "last_own_chain,last_own_name_match,last_own_dane,measured_within_nights,detail,flags,"
                        + "method_version",
                header(PublishedTable.SERVERS));
        assertEquals(
                "night,domain,rank,route,provider,mx_hosts,starttls_any,starttls_primary,"
                        + "starttls_all_reachable,dane,mta_sts,"
                        + "mta_sts_effect,tls_rpt,authenticated,observed_at,measured,truncated,"
                        + "mixed_provider,measured_within_nights,method_version,hosts_unknown",
                header(PublishedTable.DOMAINS));
        assertEquals(
                "night,list_id,weight,rollup,metric,rank_band,n_yes,n_no,n_unknown,n_opted_out,"
                        + "pct,pct_low,pct_high,coverage,method_version,n_yes_partial,n_no_partial,standard_error",
                header(PublishedTable.ADOPTION));
        assertEquals(
                "night,list_id,weight,rollup,tls_version,n_yes,n_no,n_unknown,n_opted_out,pct,"
                        + "pct_low,pct_high,coverage,method_version,n_yes_partial,n_no_partial,standard_error",
                header(PublishedTable.TLS_VERSION));
        assertEquals(
                "night,list_id,weight,rollup,chain,key_type,key_bits,signature_algorithm,issuer,"
                        + "n_yes,n_no,n_unknown,n_opted_out,pct,"
                        + "pct_low,pct_high,coverage,method_version,n_yes_partial,n_no_partial,standard_error",
                header(PublishedTable.CERTIFICATE));
    }

    private static String header(PublishedTable table) throws IOException {
        return String.join(",", read(table).getFirst().getHeader());
    }

    @Test
    void theSameNightGivesTheSameBytes() throws IOException {
        var again = publishIn("two");
        for (var name : List.of(
                "SHA256SUMS",
                "servers.csv.gz",
                "domains.csv.gz",
                "adoption.csv",
                "tls_version.csv",
                "cipher_suite.csv",
                "key_exchange_group.csv",
                "certificate.csv")) {
            assertEquals(-1, Files.mismatch(published.resolve(name), again.resolve(name)), name);
        }
    }

    @Test
    void noCellIsAFormula() throws IOException {
        for (var table : PublishedTable.values()) {
            for (var row : read(table)) {
                for (var cell : row.getFields())
                    assertFalse(
                            FORMULA.matcher(cell).find()
                                    && !NUMBER.matcher(cell).matches(),
                            cell);
            }
        }
    }

    @Test
    void oddNamesAndAddressesAreWrittenSafelyAndCanonically() throws IOException {
        var servers = read(PublishedTable.SERVERS);
        var hyphen = servers.stream()
                .filter(row -> row.getField("mx_host").equals("\\0452-3.example"))
                .findFirst()
                .orElseThrow();
        assertEquals("2001:db8::1:0:0:1", hyphen.getField("ip"));
        assertEquals("\\0452.example", hyphen.getField("provider"));
        assertEquals("2525", hyphen.getField("port"));
        assertEquals("2026-11-23T22:30:01Z", hyphen.getField("observed_at"));
        assertEquals("muted_ehlo masked_banner", hyphen.getField("flags"));
        assertEquals("", hyphen.getField("starttls"));
        assertTrue(servers.stream().anyMatch(row -> row.getField("ip").equals("::c000:201")));
    }

    @Test
    void rowsAreOrderedAndUnknownIsEmpty() throws IOException {
        var servers = read(PublishedTable.SERVERS);
        assertTrue(servers.size() > 10);
        assertTrue(servers.stream()
                .allMatch(row -> YES_OR_NO.containsAll(
                        List.of(row.getField("starttls"), row.getField("usable"), row.getField("weak")))));
        assertTrue(servers.stream().noneMatch(row -> row.getField("outcome").equals("not_attempted_opted_out")));
        var domains = read(PublishedTable.DOMAINS).stream()
                .map(row -> row.getField("domain"))
                .toList();
        assertEquals(domains.stream().sorted().toList(), domains);
        assertEquals(
                database.jdbc()
                        .sql("SELECT count(*) FROM domain_verdict")
                        .query(Integer.class)
                        .single(),
                domains.size());
    }
}
