package org.starttlscensus.store;

/** Why an operator publishes a night: one line for those who ask later. */
public record AcceptedReason(String text) {

    static final int MOST_CHARACTERS = 500;

    public AcceptedReason {
        text = text.strip();
        if (text.isEmpty()) throw new IllegalArgumentException("the reason is empty; write one line");
        int characters = text.codePointCount(0, text.length());
        if (characters > MOST_CHARACTERS)
            throw new IllegalArgumentException(
                    "the reason has %,d characters; at most %d are kept".formatted(characters, MOST_CHARACTERS));
        if (text.codePoints().anyMatch(Character::isISOControl))
            throw new IllegalArgumentException("the reason has a line break or another control character");
    }
}
