package org.starttlscensus.settings;

import static org.starttlscensus.settings.SettingKey.ValueKind.NOT_YET;

import java.util.List;

/** Keys that later versions will have. This one refuses them. */
final class PlannedSettingKeys {

    private PlannedSettingKeys() {}

    static List<SettingKey> all() {
        return List.of(
                planned("census.https.port", "The TCP port of the hosts of MTA-STS policies."),
                planned("census.dns.trust-anchors", "A file of DS records from which DNSSEC is validated."),
                planned("census.dns.validation", "Who validates DNSSEC."),
                planned("census.broker.url", "The RabbitMQ that connects several machines."),
                planned("census.broker.user", "Its user."),
                planned("census.broker.password", "Its password."),
                planned("census.publish.signing-key", "The key that signs published files."),
                planned("census.limits.policy-host.open", "How many fetches may be open at one policy host."),
                planned("census.limits.policy-host.gap", "The time between two fetches from one policy host."));
    }

    private static SettingKey planned(String name, String meaning) {
        return SettingKey.of(name, NOT_YET, meaning, "", "");
    }
}
