package org.starttlscensus.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of the program's with named gaps, {@code {{like-this}}}. Every gap is filled, or it is a bug. */
final class Template {

    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z-]+)}}");

    private final String text;

    private Template(String text) {
        this.text = text;
    }

    /** @param name of a file beside this class */
    static Template named(String name) {
        try (var in = Template.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the program's own text " + name + " is missing");
            return new Template(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own text " + name + " cannot be read", e);
        }
    }

    /** @param form what is done with each value, such as escaping */
    String filled(Map<String, String> values, UnaryOperator<String> form) {
        return GAP.matcher(text).replaceAll(gap -> {
            var value = values.get(gap.group(1));
            if (value == null) throw new IllegalStateException("nothing fills the gap " + gap.group());
            return Matcher.quoteReplacement(form.apply(value));
        });
    }
}
