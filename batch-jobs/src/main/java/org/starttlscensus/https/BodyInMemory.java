package org.starttlscensus.https;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A small body, for one request. */
public final class BodyInMemory implements BodyTarget {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public OutputStream open() {
        return octets;
    }

    @Override
    public void discard() {
        octets.reset();
    }

    /** As UTF-8, whatever its server calls it. */
    public String text() {
        return octets.toString(StandardCharsets.UTF_8);
    }
}
