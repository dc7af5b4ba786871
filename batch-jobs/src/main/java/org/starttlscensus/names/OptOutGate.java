package org.starttlscensus.names;

/**
 * Who asked to be left out, asked again last: right before a connection, whatever a plan or a permit says. Thread-safe.
 *
 * <p>For mail servers and policy hosts: see {@link OptOutRegister}.
 */
@FunctionalInterface
public interface OptOutGate {

    /** What is known now. */
    RegisterState known();

    /** The register, or that it cannot be read. */
    sealed interface RegisterState {

        record Register(OptOutRegister register) implements RegisterState {}

        /** Then nobody may be called: whoever opted out a moment ago may be among them. */
        record Unreadable() implements RegisterState {}
    }
}
