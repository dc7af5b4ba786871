package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8461, section 3.1. */
class MtaStsRecordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=STSv1; id=20160831085700Z;",
                "v=STSv1;id=20160831085700Z",
                "v=STSv1 \t;\tid=20160831085700Z \t; ",
                "v=STSv1; extra=a.b:c; id=20160831085700Z",
                "v=STSv1; id=20160831085700Z; id=other",
                "v=STSv1; id=20160831085700Z; id=not/alphanumeric",
                "v=STSv1; ID=x; id=20160831085700Z",
                "v=STSv1; a_b-c.d=!; id=20160831085700Z"
            })
    void validRecordsHaveAnId(String record) {
        assertEquals(new MtaStsRecord.ValidMtaSts("20160831085700Z"), MtaStsRecord.read(List.of(record)));
        assertEquals(
                new MtaStsRecord.ValidMtaSts("20160831085700Z"),
                MtaStsRecord.read(List.of("v=spf1 -all", record, "v=STSv2; id=1")));
    }

    @Test
    void anIdHas1To32LettersAndDigits() {
        assertEquals(
                new MtaStsRecord.ValidMtaSts("a".repeat(32)),
                MtaStsRecord.read(List.of("v=STSv1; id=" + "a".repeat(32))));
        for (var id : List.of("", "a".repeat(33), "2016-08", "\u00fc")) {
            var read = MtaStsRecord.read(List.of("v=STSv1; id=" + id));
            assertEquals(MtaStsRecord.FaultyMtaSts.class, read.getClass(), id);
        }
    }

    @Test
    void faultsAreNamed() {
        faulty(RecordFault.SEVERAL, "v=STSv1; id=1", "v=STSv1; id=1");
        faulty(RecordFault.SEVERAL, "v=STSv1; id=1", "v=STSv1; junk");
        faulty(RecordFault.BEGINNING, "v=STSv1");
        faulty(RecordFault.BEGINNING, " v=STSv1; id=1");
        faulty(RecordFault.BEGINNING, "v=stsv1; id=1");
        faulty(RecordFault.BEGINNING, "v=STSv1, id=1");
        faulty(RecordFault.SYNTAX, "v=STSv1;");
        faulty(RecordFault.SYNTAX, "v=STSv1;;id=1");
        faulty(RecordFault.SYNTAX, "v=STSv1; id=1;;");
        faulty(RecordFault.SYNTAX, "v=STSv1; id");
        faulty(RecordFault.SYNTAX, "v=STSv1; id =1");
        faulty(RecordFault.SYNTAX, "v=STSv1; _x=1; id=1");
        faulty(RecordFault.SYNTAX, "v=STSv1; " + "x".repeat(33) + "=1; id=1");
        faulty(RecordFault.NO_ID, "v=STSv1; mode=enforce");
        faulty(RecordFault.BAD_ID, "v=STSv1; id=1-2");
        faulty(RecordFault.BAD_ID, "v=STSv1; id=1-2; id=2");
        faulty(RecordFault.EXTENSION, "v=STSv1; id=1; x=");
        faulty(RecordFault.EXTENSION, "v=STSv1; id=1; x=a=b");
        faulty(RecordFault.EXTENSION, "v=STSv1; id=1; x=a b");
        faulty(RecordFault.EXTENSION, "v=STSv1; id=1 ");
        faulty(RecordFault.EXTENSION, "v=STSv1; id=1; x=\u00fc");
    }

    @Test
    void otherRecordsAreNone() {
        assertEquals(new MtaStsRecord.NoMtaSts(), MtaStsRecord.read(List.of()));
        assertEquals(new MtaStsRecord.NoMtaSts(), MtaStsRecord.read(List.of("", "v=spf1 -all", "v=STS", "id=1")));
    }

    private static void faulty(RecordFault fault, String... records) {
        assertEquals(
                new MtaStsRecord.FaultyMtaSts(fault), MtaStsRecord.read(List.of(records)), List.of(records)::toString);
    }
}
