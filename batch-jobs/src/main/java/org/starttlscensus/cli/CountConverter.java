package org.starttlscensus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts text such as {@code 100} to a count, at least 1. */
final class CountConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        try {
            int count = Integer.parseInt(text);
            if (count > 0) return count;
        } catch (NumberFormatException notANumber) {
            // refused below, as zero is
        }
        throw new TypeConversionException("expected a whole number from 1 to 2147483647, not \"" + text + "\"");
    }
}
