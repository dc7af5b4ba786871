package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.store.AddressNights.Shown;

/** Which contact of an earlier night tonight's clean look is paired with: the last one, by any name and of any kind. */
@ExtendWith(EmptyDatabaseExtension.class)
class EarlierContactsIT {

    private static final String ONE = "192.0.2.1";
    private static final Map<String, String> NO = Map.of("mx.test", "no_starttls");
    private static final Map<String, String> UNCONFIRMED = Map.of("mx.test", "no_starttls_unconfirmed");

    private static Database database;

    private AddressNights nights;

    @BeforeEach
    void aCleanLookSomeNightsAgo() {
        nights = new AddressNights(database);
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        nights.judge();
        nights.later(3);
    }

    private Map<String, String> lookTonight() {
        nights.later(3);
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        return nights.judge();
    }

    /** Otherwise none of the others would show anything. */
    @Test
    void theCleanOneIfNothingCameBetween() {
        assertEquals(NO, lookTonight());
    }

    @Test
    void oneOfAnotherNameOfTheAddress() {
        nights.call("other.test", ONE, Shown.TIMEOUT, 0);
        nights.judge();
        assertEquals(UNCONFIRMED, lookTonight());
    }

    @Test
    void oneWhoseProcessDied() {
        nights.abandon("mx.test", ONE);
        assertEquals(UNCONFIRMED, lookTonight());
    }

    /** When it was made is not known, so it may have been the last of its night. */
    @ParameterizedTest
    @ValueSource(strings = {"mx.test", "other.test"})
    void oneWhoseProcessDiedInANightWithACleanLook(String name) {
        nights.call("mx.test", ONE, Shown.CLEAN, 300);
        nights.abandon(name, ONE);
        nights.judge();
        assertEquals(UNCONFIRMED, lookTonight());
    }

    @Test
    void oneOfTheOldVersionCampaign() {
        nights.askOldVersion("mx.test", ONE, 0);
        assertEquals(UNCONFIRMED, lookTonight());
    }

    @Test
    void theLatestOfItsNight() {
        nights.askOldVersion("mx.test", ONE, 10);
        nights.call("mx.test", ONE, Shown.CLEAN, 300);
        nights.judge();
        assertEquals(NO, lookTonight());
    }

    @Test
    void tonightsOtherContactsBreakThePairWhateverTheyWere() {
        nights.later(3);
        nights.abandon("mx.test", ONE);
        nights.call("mx.test", ONE, Shown.CLEAN, 0);
        assertEquals(UNCONFIRMED, nights.judge());
    }

    @Test
    void noneBeforeAMonth() {
        nights.later(30);
        assertEquals(UNCONFIRMED, lookTonight());
    }
}
