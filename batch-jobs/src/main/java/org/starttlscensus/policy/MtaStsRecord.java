package org.starttlscensus.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The TXT records at {@code _mta-sts.} of a domain, read as a sender must.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.1">RFC 8461, section 3.1: MTA-STS TXT records</a>
 */
public sealed interface MtaStsRecord {

    String VERSION = "v=STSv1";

    /** No record is meant for MTA-STS. */
    record NoMtaSts() implements MtaStsRecord {}

    /** There is a record, and senders must take it for none. */
    record FaultyMtaSts(RecordFault fault) implements MtaStsRecord {}

    /** @param id changes whenever the policy does */
    record ValidMtaSts(String id) implements MtaStsRecord {

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

        public ValidMtaSts {
            if (!ID.matcher(id).matches()) throw new IllegalArgumentException("not an id: \"" + id + "\"");
        }
    }

    /** @param records each with its strings joined, without anything between them */
    static MtaStsRecord read(List<String> records) {
        var ours = records.stream()
                .filter(each -> TaggedRecord.begins(each, VERSION))
                .toList();
        if (ours.isEmpty()) {
            var isMeant = records.stream().anyMatch(each -> TaggedRecord.isMeant(each, VERSION));
            return isMeant ? new FaultyMtaSts(RecordFault.BEGINNING) : new NoMtaSts();
        }
        if (ours.size() > 1) return new FaultyMtaSts(RecordFault.SEVERAL);
        return TaggedRecord.read(ours.getFirst(), VERSION)
                .map(MtaStsRecord::of)
                .orElse(new FaultyMtaSts(RecordFault.SYNTAX));
    }

    /** Of several ids the first counts, as RFC 8461, section 3.2 says at its end. */
    private static MtaStsRecord of(TaggedRecord record) {
        Optional<String> id = record.fields().stream()
                .filter(field -> field.name().equals("id"))
                .map(TaggedRecord.TagField::value)
                .findFirst();
        if (!record.fields().stream().map(TaggedRecord.TagField::value).allMatch(TaggedRecord::isExtensionValue)) {
            return new FaultyMtaSts(RecordFault.EXTENSION);
        }
        if (id.isEmpty()) return new FaultyMtaSts(RecordFault.NO_ID);
        return ValidMtaSts.ID.matcher(id.get()).matches()
                ? new ValidMtaSts(id.get())
                : new FaultyMtaSts(RecordFault.BAD_ID);
    }
}
