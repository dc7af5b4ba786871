package org.starttlscensus.cli;

import org.starttlscensus.lists.ListTolerance;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 2.5} to a share of bad lines. */
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
