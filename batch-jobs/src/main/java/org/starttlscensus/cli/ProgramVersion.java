package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.https.UserAgent;
import org.starttlscensus.job.MethodVersion;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.settings.IdentitySettings;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the program, and all versions that are stored with verdicts. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "census " + program(),
            "method " + MethodVersion.VERSION + ", reply rules " + ReplyClassifier.version() + ", offer "
                    + Offer.standard().id() + ", trust store "
                    + TrustStore.mozilla().name(),
            "Java " + Runtime.version()
        };
    }

    /** The version of the program alone. */
    static String program() {
        return Optional.ofNullable(Census.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    /** Whoever reads the log of a web server that we ask sees who asked. */
    static UserAgent userAgent(IdentitySettings identity) {
        return UserAgent.of(program(), identity.page());
    }
}
