package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;

/** Whether this machine has the addresses that it is to call from. No packet is sent. */
class OwnAddressIT {

    private static CensusSettings from(String sources) {
        return SettingsReader.read(List.of("census.source-addresses=" + sources), Optional.empty(), Map.of());
    }

    @Test
    void thoseOfThisMachineAreAccepted() {
        assertDoesNotThrow(() -> ProberFactory.requireSources(from("127.0.0.11=a.example,127.0.0.12=b.example")));
    }

    @Test
    void thoseThatItLacksAreNamedBeforeAnyCall() {
        var refused = assertThrows(
                RefusedNightException.class,
                () -> ProberFactory.requireSources(
                        from("192.0.2.1=a.example,127.0.0.12=b.example,2001:db8::9=c.example")));
        assertEquals(
                "census.source-addresses: this machine cannot call from 192.0.2.1 (Cannot assign requested address), "
                        + "nor from 2001:db8::9 (Cannot assign requested address). No server was called. "
                        + "`ip address` lists the addresses that this machine has. Add what is missing to an "
                        + "interface, or take it out of census.source-addresses.",
                refused.getMessage());
    }
}
