package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.CertificateValidation;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.OcspStatus;
import org.starttlscensus.fact.OptOutChannel;
import org.starttlscensus.fact.PermitKind;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.Provider;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.RetryKind;
import org.starttlscensus.fact.Route;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsVersion;
import org.starttlscensus.politeness.Charged;
import org.starttlscensus.verdict.ChainStatus;
import org.starttlscensus.verdict.NameMatch;
import org.starttlscensus.verdict.Outcome;

/** The closed sets of the program equal those of the database. */
class ClosedSetsIT {

    private static final Pattern VALUE = Pattern.compile("'([^']*)'::text");

    private static final Map<String, Set<String>> BY_CONSTRAINT = Map.ofEntries(
            Map.entry("asked_call_source_known", labels(Provider.Source.values(), Provider.Source::label)),
            Map.entry("call_ending", labels(Ending.values(), Ending::label)),
            Map.entry("call_phase", labels(CallPhase.values(), CallPhase::label)),
            Map.entry("call_settings_question_known", labels(ordinary(), ProbeKind::label)),
            Map.entry(
                    "certificate_validation_known",
                    labels(CertificateValidation.values(), CertificateValidation::label)),
            Map.entry("chain_verdict_chain_known", labels(ChainStatus.values(), ChainStatus::label)),
            Map.entry("distribution_value_tls_version_known", kindAnd(labels(TlsVersion.values(), TlsVersion::label))),
            Map.entry("domain_revision_measured_known", labels(Measured.values(), Measured::label)),
            Map.entry("domain_revision_route_known", labels(Route.values(), Route::label)),
            Map.entry("domain_state_measured_known", labels(Measured.values(), Measured::label)),
            Map.entry("domain_state_route_known", labels(Route.values(), Route::label)),
            Map.entry("observation_broke_after_known", labels(HandshakeMessage.values(), HandshakeMessage::label)),
            Map.entry("observation_tls_failure_known", labels(TlsFailure.Detail.values(), TlsFailure.Detail::label)),
            Map.entry(
                    "ocsp_response_certificate_status_known",
                    labels(OcspStatus.OfCertificate.values(), OcspStatus.OfCertificate::label)),
            Map.entry("ocsp_response_status_known", labels(OcspStatus.values(), OcspStatus::label)),
            Map.entry("old_version_answer_question_known", labels(oldVersions(), ProbeKind::label)),
            Map.entry("old_version_call_broke_after_known", labels(HandshakeMessage.values(), HandshakeMessage::label)),
            Map.entry("old_version_call_question_known", labels(oldVersions(), ProbeKind::label)),
            Map.entry(
                    "old_version_call_tls_failure_known", labels(TlsFailure.Detail.values(), TlsFailure.Detail::label)),
            Map.entry("old_version_call_version_known", labels(TlsVersion.values(), TlsVersion::label)),
            Map.entry("opt_out_wish_channel_known", labels(OptOutChannel.values(), OptOutChannel::label)),
            Map.entry("permit_kind_known", labels(PermitKind.values(), PermitKind::label)),
            Map.entry("permit_naming_known", labels(Feedback.RefusalTarget.values(), Feedback.RefusalTarget::label)),
            Map.entry("permit_question_known", labels(ProbeKind.values(), ProbeKind::label)),
            Map.entry("permit_reception_known", labels(Feedback.Signal.values(), Feedback.Signal::label)),
            Map.entry("permit_retry_kind_known", labels(RetryKind.values(), RetryKind::label)),
            Map.entry(
                    "permit_signal_known",
                    PermitSignal.all().map(PermitSignal::label).collect(Collectors.toSet())),
            Map.entry("planned_call_not_attempted_known", labels(NotAttempted.values(), NotAttempted::label)),
            Map.entry("planned_call_old_version_question_known", labels(oldVersions(), ProbeKind::label)),
            Map.entry("planned_call_source_known", labels(Provider.Source.values(), Provider.Source::label)),
            Map.entry(
                    "provider_word_known",
                    labels(OperatorOverride.OverrideKind.values(), OperatorOverride.OverrideKind::label)),
            Map.entry("reply_judgement_class_known", labels(ReplyClass.values(), ReplyClass::label)),
            Map.entry("run_request_known", labels(RunRequests.Request.values(), RunRequests.Request::label)),
            Map.entry("server_state_chain_known", labels(ChainStatus.values(), ChainStatus::label)),
            Map.entry(
                    "server_state_chain_with_known_intermediates_known",
                    labels(ChainStatus.values(), ChainStatus::label)),
            Map.entry("server_state_name_match_known", labels(NameMatch.values(), NameMatch::label)),
            Map.entry("server_state_outcome_known", labels(Outcome.values(), Outcome::label)),
            Map.entry("server_state_source_known", labels(Provider.Source.values(), Provider.Source::label)),
            Map.entry("tls_profile_version_known", labels(TlsVersion.values(), TlsVersion::label)));

    /** Written and read by SQL alone. */
    private static final Set<String> OF_SQL = Set.of(
            "adoption_rollup_known",
            "adoption_weight_known",
            "distribution_rollup_known",
            "distribution_value_kind_known",
            "distribution_weight_known",
            "known_change_kind_known",
            "old_version_answer_known",
            "politeness_charged_known");

    @TempDir
    static Path directory;

    @Test
    void equalThoseOfTheDatabase() {
        try (var database = EmptyDatabase.in(directory)) {
            var stored = constraints(database);
            assertEquals(
                    together(Route.values(), Route::label), both(stored, "mail_route_known", "route_failure_known"));
            assertEquals(
                    together(HostAddresses.Status.values(), HostAddresses.Status::label),
                    both(stored, "host_addresses_status_known", "host_failure_status_known"));
            assertEquals(
                    ReplyClass.values().length + 2,
                    stored.get("politeness_class_known").size(),
                    "none, and unknown");
            stored.keySet()
                    .removeAll(Set.of(
                            "mail_route_known",
                            "route_failure_known",
                            "host_addresses_status_known",
                            "host_failure_status_known",
                            "politeness_class_known"));
            stored.keySet().removeAll(OF_SQL);
            assertEquals(new TreeMap<>(BY_CONSTRAINT), stored);
        }
    }

    @Test
    void theSourcesWhoseAddressIsChargedAreThoseOfTheDatabase() {
        try (var database = EmptyDatabase.in(directory.resolve("charged"))) {
            for (var source : Provider.Source.values()) {
                assertEquals(
                        Charged.of(source) == Charged.ADDRESS,
                        database.jdbc()
                                .sql("SELECT charges_address(:source)")
                                .param("source", source.label())
                                .query(Boolean.class)
                                .single(),
                        source.label());
            }
        }
    }

    /** The rule names the kind of value that it is about. */
    private static Set<String> kindAnd(Set<String> versions) {
        return Stream.concat(Stream.of("tls_version"), versions.stream()).collect(Collectors.toSet());
    }

    /** Every constraint and type that lists values; partitions inherit the constraints of their table. */
    private static Map<String, Set<String>> constraints(Database database) {
        var found = new TreeMap<String, Set<String>>();
        database.jdbc()
                .sql("""
                SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE contype = 'c' AND connamespace = 'census'::regnamespace
                  AND conname LIKE '%\\_known' AND coninhcount = 0""")
                .query(String.class)
                .list()
                .forEach(line -> found.put(
                        line.substring(0, line.indexOf(' ')),
                        VALUE.matcher(line)
                                .results()
                                .map(value -> value.group(1))
                                .collect(Collectors.toSet())));
        database.jdbc().sql("""
                SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
                WHERE typnamespace = 'census'::regnamespace""").query(row -> {
            found.computeIfAbsent(row.getString("typname"), _ -> new TreeSet<>())
                    .add(row.getString("enumlabel"));
        });
        return found;
    }

    private static Set<String> both(Map<String, Set<String>> stored, String one, String other) {
        return Stream.of(one, other)
                .map(stored::get)
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <E> Set<String> together(E[] values, Function<E, String> label) {
        return new TreeSet<>(labels(values, label));
    }

    private static ProbeKind[] oldVersions() {
        return Arrays.stream(ProbeKind.values()).filter(ProbeKind::isOldVersion).toArray(ProbeKind[]::new);
    }

    private static ProbeKind[] ordinary() {
        return Arrays.stream(ProbeKind.values())
                .filter(kind -> !kind.isOldVersion())
                .toArray(ProbeKind[]::new);
    }

    private static <E> Set<String> labels(E[] values, Function<E, String> label) {
        return List.of(values).stream().map(label).collect(Collectors.toSet());
    }
}
