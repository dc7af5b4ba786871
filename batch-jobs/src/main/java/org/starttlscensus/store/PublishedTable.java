package org.starttlscensus.store;

import java.util.List;

/** The published files that come from the database, each with its columns. New columns are only ever appended. */
public enum PublishedTable {
    SERVERS("servers.csv.gz", "publish/servers", """
            night,mx_host,ip,port,provider,outcome,starttls,usable,reply_code,enhanced_code,tls_version,\
            cipher_suite,key_exchange_group,chain,name_match,weak,leaf_sha256,dane,attempts,observed_at,\
            inherited_from,last_own_at,last_own_tls_version,last_own_chain,last_own_name_match,\
            last_own_dane,measured_within_nights,detail,flags,method_version"""),
    DOMAINS("domains.csv.gz", "publish/domains", """
            night,domain,rank,route,provider,mx_hosts,starttls_any,starttls_primary,starttls_all_reachable,\
            dane,mta_sts,mta_sts_effect,tls_rpt,authenticated,observed_at,measured,truncated,\
            mixed_provider,measured_within_nights,method_version,hosts_unknown"""),
    ADOPTION("adoption.csv", "publish/adoption", """
            night,list_id,weight,rollup,metric,rank_band,n_yes,n_no,n_unknown,n_opted_out,pct,pct_low,\
            pct_high,coverage,method_version,n_yes_partial,n_no_partial,standard_error"""),
    TLS_VERSION("tls_version.csv", "publish/tls_version", """
            night,list_id,weight,rollup,tls_version,n_yes,n_no,n_unknown,n_opted_out,pct,pct_low,pct_high,\
            coverage,method_version,n_yes_partial,n_no_partial,standard_error"""),
    CIPHER_SUITE("cipher_suite.csv", "publish/cipher_suite", """
            night,list_id,weight,rollup,cipher_suite,n_yes,n_no,n_unknown,n_opted_out,pct,pct_low,pct_high,\
            coverage,method_version,n_yes_partial,n_no_partial,standard_error"""),
    KEY_EXCHANGE_GROUP("key_exchange_group.csv", "publish/key_exchange_group", """
            night,list_id,weight,rollup,key_exchange_group,n_yes,n_no,n_unknown,n_opted_out,pct,pct_low,\
            pct_high,coverage,method_version,n_yes_partial,n_no_partial,standard_error"""),
    CERTIFICATE("certificate.csv", "publish/certificate", """
            night,list_id,weight,rollup,chain,key_type,key_bits,signature_algorithm,issuer,n_yes,n_no,\
            n_unknown,n_opted_out,pct,pct_low,pct_high,coverage,method_version,n_yes_partial,n_no_partial,\
            standard_error"""),
    OLD_VERSIONS("old_versions.csv", "publish/old_versions", """
            night,question,n_accepted,n_refused,n_unknown,pct,pct_low,pct_high,coverage,method_version"""),
    POLITENESS("politeness.csv", "publish/politeness", """
            night,provider,connections,peak_open,shortest_gap_s,suspensions,class,replies,charged,\
            suspended_addresses""");

    private final String file;
    private final String statement;
    private final List<String> columns;

    PublishedTable(String file, String statement, String columns) {
        this.file = file;
        this.statement = statement;
        this.columns = List.of(columns.split(","));
    }

    public String file() {
        return file;
    }

    public List<String> columns() {
        return columns;
    }

    String statement() {
        return statement;
    }
}
