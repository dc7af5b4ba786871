package org.starttlscensus.cli;

import java.util.Optional;
import org.starttlscensus.job.MethodVersion;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.tls.Offer;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the program, and everything that is stored with a verdict as its version. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var program = Optional.ofNullable(Census.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return new String[] {
            "census " + program,
            "method " + MethodVersion.VERSION + ", reply rules " + ReplyClassifier.version() + ", offer "
                    + Offer.standard().id() + ", trust store "
                    + TrustStore.mozilla().name(),
            "Java " + Runtime.version()
        };
    }
}
