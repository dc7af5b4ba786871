package org.starttlscensus.lists;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a list is fetched from, and the file that it is kept in.
 *
 * @param file its name without a folder; without its endings, the name of the list
 */
public record ListSource(URI url, String file) {

    private static final Pattern FILE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,99}");

    /** Lists that their publishers give a fixed address. */
    public enum Known {
        /** The daily list of a million domains, from which addresses of the last 30 days are aggregated. */
        TRANCO("https://tranco-list.eu/top-1m.csv.zip", "tranco.csv.zip"),
        /** The monthly million web sites of Chrome's UX Report, as this repository keeps them. */
        CRUX("https://raw.githubusercontent.com/zakird/crux-top-lists/main/data/global/current.csv.gz", "crux.csv.gz");

        private final ListSource source;

        Known(String url, String file) {
            this.source = new ListSource(URI.create(url), file);
        }

        public ListSource source() {
            return source;
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ListSource {
        if (!"https".equals(url.getScheme()) || url.getHost() == null)
            throw new IllegalArgumentException(
                    "%s: not an https URL with a host; lists are fetched by https only".formatted(url));
        if (url.getUserInfo() != null)
            throw new IllegalArgumentException(
                    "%s: it has a user or password, which would be stored".formatted(url.getHost()));
        if (!FILE.matcher(file).matches())
            throw new IllegalArgumentException(
                    ("\"%s\" is no name for a list's file: expected letters, digits, dot, - and _, "
                                    + "such as domains.csv.gz")
                            .formatted(file));
    }

    /**
     * Reads {@code tranco}, {@code crux} or an https URL.
     *
     * @param name the list's file, if it shall not be called as in the URL
     * @throws IllegalArgumentException if it is none of them; the message says what is expected
     */
    public static ListSource of(String text, Optional<String> name) {
        var known = Arrays.stream(Known.values())
                .filter(one -> one.label().equals(text))
                .findFirst()
                .map(Known::source);
        if (known.isPresent())
            return name.map(file -> new ListSource(known.get().url(), file)).orElse(known.get());
        if (!text.contains("://"))
            throw new IllegalArgumentException(
                    "\"%s\" is neither %s nor an https URL".formatted(text, String.join(", ", names())));
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException noUrl) {
            throw new IllegalArgumentException("\"%s\" is no URL".formatted(text), noUrl);
        }
        return new ListSource(url, name.orElseGet(() -> lastPart(url)));
    }

    public static List<String> names() {
        return Arrays.stream(Known.values()).map(Known::label).toList();
    }

    private static String lastPart(URI url) {
        var path = url.getPath() == null ? "" : url.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
