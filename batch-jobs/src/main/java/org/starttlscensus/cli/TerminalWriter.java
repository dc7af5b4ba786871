package org.starttlscensus.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/**
 * The writer of stdout and stderr. Whatever a command prints, it escapes all control characters except the line feed.
 * The command itself must still ensure that text of a peer stays on its own line.
 */
final class TerminalWriter extends FilterWriter {

    private TerminalWriter(Writer out) {
        super(out);
    }

    static PrintWriter on(OutputStream stream, Charset charset) {
        return new PrintWriter(new TerminalWriter(new OutputStreamWriter(stream, charset)), true);
    }

    @Override
    public void write(int character) throws IOException {
        write(Character.toString(character), 0, 1);
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        out.write(Printable.of(new String(characters, from, length)));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(Printable.of(text.substring(from, from + length)));
    }
}
