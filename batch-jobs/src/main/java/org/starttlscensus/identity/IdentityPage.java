package org.starttlscensus.identity;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page that says who calls, why, what is sent and stored, and how to opt out; and the letter to postmasters. The
 * page is static, has no script and loads nothing from elsewhere.
 */
public final class IdentityPage {

    /** The record by which a domain opts out, as the DNS has it. */
    public static final String OPT_OUT_TEXT = "v=census1; opt-out";

    /** The label below which it stands. */
    public static final String OPT_OUT_LABEL = "_starttls-census";

    private IdentityPage() {}

    /** The file for programs, beside the page. A page without a path is at the root. */
    public static URI sourcesFile(URI page) {
        return page.resolve(page.getRawPath().isEmpty() ? "/sources.json" : "sources.json");
    }

    public static String page(Operator operator) {
        return Template.named("page.html").filled(values(operator), IdentityPage::escaped);
    }

    /** @return of plain text, to be sent before the first night */
    public static String letter(Operator operator) {
        return Template.named("letter.txt").filled(values(operator), value -> value);
    }

    private static Map<String, String> values(Operator operator) {
        var values = new HashMap<String, String>();
        values.put("operator", operator.name());
        values.put("contact", operator.contact().toString());
        values.put("contact-words", words(operator));
        values.put("page", operator.page().toString());
        values.put("hours", operator.hours());
        values.put("answer-days", String.valueOf(operator.answersWithin()));
        values.put("reply-days", String.valueOf(operator.daysOfReplies()));
        values.put("opt-out-label", OPT_OUT_LABEL);
        values.put("opt-out-text", OPT_OUT_TEXT);
        values.put(
                "sources",
                operator.sources().stream()
                        .map(source -> "%s   %s".formatted(source.address(), source.name()))
                        .collect(Collectors.joining("\n")));
        values.put("first-name", operator.sources().getFirst().name().ascii());
        return values;
    }

    private static String words(Operator operator) {
        return operator.contact().getScheme().equalsIgnoreCase("mailto")
                ? operator.contact().getSchemeSpecificPart()
                : operator.contact().toString();
    }

    /** For text and for attributes in double quotes. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
