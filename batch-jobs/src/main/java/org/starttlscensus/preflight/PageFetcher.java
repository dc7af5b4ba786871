package org.starttlscensus.preflight;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Fetches the operator's own pages over HTTPS: once each, within a bound of time and octets. */
final class PageFetcher implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final long MOST_OCTETS = 256 * 1_024;

    /** What came, or why nothing did. */
    sealed interface PageAnswer {

        /** @param type of the content, in lower case; empty if none was said */
        record ServedPage(String type, String text) implements PageAnswer {}

        record NotServed(String why) implements PageAnswer {}
    }

    private final HttpClient client;
    private final int port;
    private final String userAgent;

    /** @param port 443, but in tests */
    PageFetcher(SSLContext tls, int port, String userAgent) {
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        this.port = port;
        this.userAgent = userAgent;
    }

    PageAnswer fetch(URI page) throws InterruptedException {
        var request = HttpRequest.newBuilder(atPort(page))
                .timeout(WHOLE)
                .header("User-Agent", userAgent)
                .build();
        try {
            var response = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_OCTETS));
            if (response.statusCode() != OK)
                return new PageAnswer.NotServed("the server answers " + response.statusCode());
            return new PageAnswer.ServedPage(type(response), new String(response.body(), StandardCharsets.UTF_8));
        } catch (IOException notServed) {
            return new PageAnswer.NotServed(words(notServed));
        }
    }

    private URI atPort(URI page) {
        return page.getPort() >= 0 || port == 443
                ? page
                : URI.create("https://%s:%d%s".formatted(page.getHost(), port, page.getRawPath()));
    }

    private static String type(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }

    /** The client wraps what happened, and leaves out words where a name does not exist. */
    private static String words(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.nio.channels.UnresolvedAddressException) return "its name has no address";
        }
        var message = fault.getMessage();
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
