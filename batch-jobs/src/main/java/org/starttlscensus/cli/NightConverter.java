package org.starttlscensus.cli;

import org.starttlscensus.fact.CensusNight;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts text such as {@code 2026-11-23} to a night. */
final class NightConverter implements ITypeConverter<CensusNight> {

    @Override
    public CensusNight convert(String text) {
        try {
            return CensusNight.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
