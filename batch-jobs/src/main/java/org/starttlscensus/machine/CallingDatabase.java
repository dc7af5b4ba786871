package org.starttlscensus.machine;

import java.util.regex.Pattern;

/**
 * A database whose nights call mail servers.
 *
 * @param identity tells it from all others, wherever its files are moved: {@code SERVER-IDENTIFIER/DATABASE-NUMBER}
 * @param user     the user of this machine who runs the census
 * @param where    for people: its URL without secrets, or its folder
 */
public record CallingDatabase(String identity, String user, String where) {

    private static final Pattern IDENTITY = Pattern.compile("[0-9]{1,20}/[0-9]{1,10}");
    private static final int LONGEST_USER = 64;
    private static final int LONGEST_WHERE = 400;

    public CallingDatabase {
        if (!IDENTITY.matcher(identity).matches())
            throw new IllegalArgumentException("not the identity of a database: " + identity);
        user = line(user, LONGEST_USER);
        where = line(where, LONGEST_WHERE);
    }

    /** On one line, in ASCII: names of files and users may have any character. */
    private static String line(String text, int most) {
        var plain = text.replaceAll("[^ -~]", "?").strip();
        if (plain.isEmpty()) return "?";
        return plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
    }

    @Override
    public String toString() {
        return "%s (database %s, user %s)".formatted(where, identity, user);
    }
}
