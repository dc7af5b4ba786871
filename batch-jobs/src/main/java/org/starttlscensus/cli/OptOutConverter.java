package org.starttlscensus.cli;

import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.OptOutSubject;
import org.starttlscensus.names.DomainNames;
import org.starttlscensus.names.Network;
import org.starttlscensus.names.ParsedDomain;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts text such as {@code example.org}, {@code *.example.org}, {@code 192.0.2.1} or {@code 192.0.2.0/24}. */
final class OptOutConverter implements ITypeConverter<OptOutSubject> {

    @Override
    public OptOutSubject convert(String text) {
        if (text.contains("/") || text.contains(":") || text.matches("[0-9.]+")) return network(text);
        var name = text.replaceFirst("^(\\*?\\.)", "");
        return switch (DomainNames.read(name)) {
            case ParsedDomain.Usable(var domain) -> OptOutSubject.ofName(domain.ascii());
            case ParsedDomain.Unusable(var fault) -> {
                // mail hosts may have underscores, which mail domains may not
                if (name.contains("_") && name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+\\.?")) {
                    yield OptOutSubject.ofName(new Hostname(name).ascii());
                }
                throw new TypeConversionException(
                        ("\"%s\" is no domain, mail host, address or network: %s. Expected is "
                                        + "for example example.org, mx.example.org, 192.0.2.1 or 192.0.2.0/24")
                                .formatted(text, fault.description()));
            }
        };
    }

    private static OptOutSubject network(String text) {
        try {
            return OptOutSubject.ofNetwork(Network.of(text).toString());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
