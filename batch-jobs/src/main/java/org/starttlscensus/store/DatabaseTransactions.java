package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions that keep the exception that ended them. Spring also rolls back after a failed commit. If the pool has
 * closed the connection meanwhile, the rollback fails too, and its exception replaces the first one. It has no
 * SQLSTATE, so an outage could no longer be recognised. A transaction whose connection is closed needs no rollback: the
 * server has rolled it back.
 */
final class DatabaseTransactions extends JdbcTransactionManager {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTransactions.class);

    DatabaseTransactions(DataSource source) {
        super(source);
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        var transaction = (JdbcTransactionObjectSupport) status.getTransaction();
        if (!isClosed(transaction.getConnectionHolder().getConnection())) super.doRollback(status);
        else LOG.debug("the connection is closed: nothing is left to roll back");
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException unknown) {
            LOG.debug("a connection cannot say whether it is closed", unknown);
            return false;
        }
    }
}
