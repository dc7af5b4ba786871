package org.starttlscensus.https;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.starttlscensus.fact.Address;

/**
 * Fetches documents by HTTPS. It needs no proxy of the machine, stores no cookies, asks no second time by itself, and
 * follows only redirects to https.
 *
 * <p>Blocking and thread-safe.
 */
public final class HttpsClient {

    static final int MOST_REDIRECTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration WHOLE = Duration.ofMinutes(30);
    private static final int CHUNK = 64 * 1024;
    private static final int NOT_MODIFIED = 304;

    private final UserAgent userAgent;
    private final OkHttpClient client;

    /** @param whyNot why an address may not be called; empty if it may */
    public HttpsClient(UserAgent userAgent, Function<Address, Optional<String>> whyNot) {
        this(userAgent, whyNot, builder -> builder);
    }

    /** With roots of a test's own. */
    HttpsClient(UserAgent userAgent, Function<Address, Optional<String>> whyNot, X509TrustManager roots) {
        this(userAgent, whyNot, builder -> trusting(builder, roots));
    }

    private HttpsClient(
            UserAgent userAgent,
            Function<Address, Optional<String>> whyNot,
            Function<OkHttpClient.Builder, OkHttpClient.Builder> roots) {
        this.userAgent = userAgent;
        this.client = roots.apply(new OkHttpClient.Builder())
                .proxy(Proxy.NO_PROXY) // a proxy would connect where no check of ours is
                .socketFactory(new CheckedSockets(whyNot))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .callTimeout(WHOLE)
                .build();
    }

    private HttpsClient(UserAgent userAgent, OkHttpClient client) {
        this.userAgent = userAgent;
        this.client = client;
    }

    /** The same client for small documents: whoever waits for them waits no longer than this for each. */
    public HttpsClient within(Duration whole) {
        return new HttpsClient(
                userAgent,
                client.newBuilder()
                        .connectTimeout(whole.dividedBy(2))
                        .callTimeout(whole)
                        .build());
    }

    private static OkHttpClient.Builder trusting(OkHttpClient.Builder builder, X509TrustManager roots) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {roots}, null);
            return builder.sslSocketFactory(context.getSocketFactory(), roots);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /**
     * Waits until the whole body is where it shall be, or until it is clear that it will not be.
     *
     * @throws IOException if the target cannot be written; then it has nothing
     */
    public FetchResult fetch(FetchRequest request) throws IOException {
        var at = request.url();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var url = HttpUrl.get(at);
            if (url == null || !url.isHttps()) return failed(at, "it is no https URL");
            if (!url.username().isEmpty() || !url.password().isEmpty()) return failed(at, "it has a user or password");
            try (var response = client.newCall(ask(url, request)).execute()) {
                var next = redirect(response);
                if (next.isEmpty()) return answer(at, response, request);
                at = next.get();
            } catch (UnwritableException e) {
                throw e.cause;
            } catch (IOException failure) {
                request.into().discard();
                return failed(at, words(failure));
            }
        }
        return failed(request.url(), "it redirects more than %d times".formatted(MOST_REDIRECTS));
    }

    private Request ask(HttpUrl url, FetchRequest request) {
        var ask = new Request.Builder()
                .url(url)
                .header("User-Agent", userAgent.value())
                // What comes is stored and compared as it is. Without this line the client would unpack it.
                .header("Accept-Encoding", "identity");
        request.etag().ifPresent(etag -> ask.header("If-None-Match", etag));
        request.lastModified().ifPresent(date -> ask.header("If-Modified-Since", date));
        return ask.build();
    }

    private static Optional<URI> redirect(Response response) {
        if (!response.isRedirect()) return Optional.empty();
        var location = response.header("Location");
        if (location == null) return Optional.empty();
        // A Location that is no http or https URL gives null; then the answer is what its status says.
        return Optional.ofNullable(response.request().url().resolve(location)).map(HttpUrl::uri);
    }

    private static FetchResult answer(URI at, Response response, FetchRequest request) throws IOException {
        boolean isConditional =
                request.etag().isPresent() || request.lastModified().isPresent();
        if (response.code() == NOT_MODIFIED && isConditional) return new FetchResult.NotModified();
        if (response.code() != 200) return failed(at, "HTTP status %d, expected 200".formatted(response.code()));
        long announced = response.body().contentLength();
        if (announced > request.mostBytes()) return tooLong(at, announced, request);
        long bytes = store(response, request);
        if (bytes > request.mostBytes()) {
            request.into().discard();
            return tooLong(at, bytes, request);
        }
        return new FetchResult.Fetched(
                at,
                bytes,
                Optional.ofNullable(response.header("Content-Type")),
                Optional.ofNullable(response.header("ETag")).filter(FetchRequest::canBeSentBack),
                Optional.ofNullable(response.header("Last-Modified")).filter(FetchRequest::canBeSentBack));
    }

    /** At most one chunk more than is allowed. The client itself fails a body that ends before its announced length. */
    private static long store(Response response, FetchRequest request) throws IOException {
        var body = response.body().byteStream();
        var chunk = new byte[CHUNK];
        long bytes = 0;
        try (var target = new OpenTarget(request.into())) {
            for (int read = body.read(chunk); read >= 0 && bytes <= request.mostBytes(); read = body.read(chunk)) {
                bytes += read;
                target.write(chunk, read);
            }
        }
        return bytes;
    }

    private static FetchResult tooLong(URI at, long bytes, FetchRequest request) {
        return failed(at, "%,d bytes or more, expected at most %,d".formatted(bytes, request.mostBytes()));
    }

    private static FetchResult.Unfetched failed(URI at, String seen) {
        return new FetchResult.Unfetched(at + ": " + seen);
    }

    private static String words(IOException failure) {
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** The disk's failure is not the server's. */
    private static final class UnwritableException extends IOException {

        private static final long serialVersionUID = 1;

        private final IOException cause;

        UnwritableException(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private static final class OpenTarget implements AutoCloseable {

        private final OutputStream out;

        OpenTarget(BodyTarget target) throws UnwritableException {
            try {
                out = target.open();
            } catch (IOException e) {
                throw new UnwritableException(e);
            }
        }

        void write(byte[] bytes, int length) throws UnwritableException {
            try {
                out.write(bytes, 0, length);
            } catch (IOException e) {
                throw new UnwritableException(e);
            }
        }

        @Override
        public void close() throws UnwritableException {
            try {
                out.close();
            } catch (IOException e) {
                throw new UnwritableException(e);
            }
        }
    }
}
