package org.starttlscensus.tls;

import de.rub.nds.tlsattacker.core.config.Config;
import de.rub.nds.tlsattacker.core.connection.InboundConnection;
import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.NamedGroup;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import de.rub.nds.tlsattacker.core.constants.RunningModeType;
import de.rub.nds.tlsattacker.core.constants.SignatureAndHashAlgorithm;
import de.rub.nds.tlsattacker.core.protocol.ProtocolMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ClientHelloMessage;
import de.rub.nds.tlsattacker.core.state.State;
import de.rub.nds.tlsattacker.core.workflow.DefaultWorkflowExecutor;
import de.rub.nds.tlsattacker.core.workflow.WorkflowTrace;
import de.rub.nds.tlsattacker.core.workflow.action.ReceiveTillAction;
import de.rub.nds.tlsattacker.core.workflow.action.SendAction;
import de.rub.nds.tlsattacker.core.workflow.factory.WorkflowConfigurationFactory;
import de.rub.nds.tlsattacker.core.workflow.factory.WorkflowTraceType;
import de.rub.nds.tlsattacker.transport.tcp.ServerTcpTransportHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A server made of TLS-Attacker's messages: sends any message, in any order, with any field changed. */
final class AttackerPeer {

    private static final int PATIENCE_MILLIS = 3_000;

    private AttackerPeer() {}

    /** Answers our ClientHello with these messages and then waits and sends nothing more. */
    static LoopbackServer answering(
            ProtocolVersion version, CipherSuite suite, Function<Config, List<ProtocolMessage>> messages)
            throws IOException {
        return serving(version, suite, config -> {
            var trace = new WorkflowTrace();
            trace.addTlsAction(new ReceiveTillAction(new ClientHelloMessage()));
            var answer = messages.apply(config);
            if (!answer.isEmpty()) trace.addTlsAction(new SendAction(answer));
            return trace;
        });
    }

    /** Answers our first octets with these octets and then waits and sends nothing more. */
    static LoopbackServer saying(byte[] octets) throws IOException {
        return new LoopbackServer(connection -> {
            connection.getInputStream().readNBytes(1);
            connection.getOutputStream().write(octets);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    /** Sends one octet every 50 ms. */
    static LoopbackServer dripping(byte[] octets) throws IOException {
        return new LoopbackServer(connection -> {
            connection.setTcpNoDelay(true);
            for (var octet : octets) {
                connection.getOutputStream().write(octet);
                Thread.sleep(50);
            }
        });
    }

    /** Does a correct handshake, except for the changed messages, and then goes on. */
    static LoopbackServer shaking(ProtocolVersion version, CipherSuite suite, BiConsumer<Config, WorkflowTrace> then)
            throws IOException {
        return serving(version, suite, config -> {
            var trace = new WorkflowConfigurationFactory(config)
                    .createWorkflowTrace(WorkflowTraceType.HANDSHAKE, RunningModeType.SERVER);
            then.accept(config, trace);
            return trace;
        });
    }

    /** The message of this class that the trace will send. */
    static <M extends ProtocolMessage> M sent(WorkflowTrace trace, Class<M> type) {
        return trace.getTlsActions().stream()
                .filter(SendAction.class::isInstance)
                .flatMap(action -> ((SendAction) action).getConfiguredMessages().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("sends no " + type.getSimpleName() + ": " + trace));
    }

    private interface Scripting {
        WorkflowTrace trace(Config config);
    }

    private static LoopbackServer serving(ProtocolVersion version, CipherSuite suite, Scripting scripting)
            throws IOException {
        return new LoopbackServer(connection -> {
            connection.setTcpNoDelay(true);
            var config = config(version, suite);
            var state = new State(config, scripting.trace(config));
            var end = new InboundConnection(connection.getLocalPort());
            end.setTimeout(PATIENCE_MILLIS);
            end.setUseIpv6(false);
            var transport = new ServerTcpTransportHandler(end, connection);
            transport.initialize();
            state.getContext().setTransportHandler(transport);
            new DefaultWorkflowExecutor(state).executeWorkflow();
            // The peer has sent its last message; a client that still reads has to wait.
            connection.setSoTimeout(0);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    private static Config config(ProtocolVersion version, CipherSuite suite) {
        var config = new Config();
        config.setDefaultRunningMode(RunningModeType.SERVER);
        config.setHighestProtocolVersion(version);
        config.setSupportedVersions(version);
        config.setDefaultSelectedProtocolVersion(version);
        config.setDefaultServerSupportedCipherSuites(suite);
        config.setDefaultSelectedCipherSuite(suite);
        config.setDefaultServerNamedGroups(NamedGroup.ECDH_X25519, NamedGroup.SECP256R1);
        config.setDefaultSelectedNamedGroup(NamedGroup.ECDH_X25519);
        config.setDefaultServerSupportedSignatureAndHashAlgorithms(
                SignatureAndHashAlgorithm.RSA_PSS_RSAE_SHA256, SignatureAndHashAlgorithm.RSA_SHA256);
        if (version == ProtocolVersion.TLS13) {
            config.setAddSupportedVersionsExtension(true);
            config.setAddKeyShareExtension(true);
            config.setAddECPointFormatExtension(false);
            config.setAddEllipticCurveExtension(false);
            config.setAddRenegotiationInfoExtension(false);
            config.setAddSignatureAndHashAlgorithmsExtension(false);
            config.setAddExtendedMasterSecretExtension(false);
        } else {
            config.setAddRenegotiationInfoExtension(true);
            config.setAddSignatureAndHashAlgorithmsExtension(false);
        }
        config.setWorkflowExecutorShouldOpen(false);
        config.setWorkflowExecutorShouldClose(false);
        config.setStopActionsAfterIOException(true);
        config.setStopActionsAfterFatal(false);
        return config;
    }
}
