package org.starttlscensus.cli;

import org.starttlscensus.lists.ListTolerance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts text such as {@code 2.5} to a tolerated percentage of bad lines. */
final class ToleranceConverter implements ITypeConverter<ListTolerance> {

    @Override
    public ListTolerance convert(String text) {
        try {
            return ListTolerance.ofPercent(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
