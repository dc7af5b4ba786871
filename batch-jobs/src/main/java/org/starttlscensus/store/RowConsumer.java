package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads one row. */
interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
}
