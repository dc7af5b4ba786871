package org.starttlscensus.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Address;
import org.starttlscensus.names.Network;
import org.starttlscensus.names.OptOutRegister;
import org.starttlscensus.publish.RowFilter;

/**
 * Leaves out the rows of those who opted out, as the views of schema {@code pub} do: by the columns of a file that
 * name a domain, a mail host, an address or a provider. Where a row of somebody else names them, the cell is empty.
 */
record OptedOutRows(OptOutRegister register) implements RowFilter {

    private static final String NETWORK = "net:";
    /** Columns that say whose row it is. */
    private static final List<String> OWNERS = List.of("domain", "mx_host", "ip");
    /** Columns that may name somebody else than the row's owner. */
    private static final Set<String> OTHERS = Set.of("provider", "inherited_from");

    @Override
    public Optional<List<String>> of(String file, List<String> header, List<String> row) {
        var isOwned = false;
        for (var column : OWNERS) {
            var at = header.indexOf(column);
            if (at < 0) continue;
            isOwned = true;
            if (isHidden(column, row.get(at))) return Optional.empty();
        }
        List<String> kept = new ArrayList<>(row);
        for (int at = 0; at < header.size(); at++) {
            if (!OTHERS.contains(header.get(at)) || !isHidden(header.get(at), row.get(at))) continue;
            if (!isOwned) return Optional.empty();
            kept.set(at, "");
        }
        return Optional.of(kept);
    }

    private boolean isHidden(String column, String cell) {
        if (cell.isEmpty()) return false;
        if (column.equals("ip")) return register.hasAddress(Address.of(cell));
        return cell.startsWith(NETWORK)
                ? register.hasNetwork(Network.of(cell.substring(NETWORK.length())))
                : register.hasName(cell);
    }
}
