//! What agents add to a journal's file, and all that is asked of it, in SQL.

/// Makes the tables, unless they are there.
pub const SCHEMA: &str = "\
CREATE TABLE IF NOT EXISTS agent_proposals (
    id TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    digest TEXT NOT NULL,
    amount TEXT,
    currency TEXT,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER
);
CREATE TABLE IF NOT EXISTS agent_writes (
    id TEXT NOT NULL PRIMARY KEY,
    endpoint TEXT NOT NULL,
    amount TEXT,
    currency TEXT,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'released', 'counted')),
    sent_ms INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS agent_writes_sent ON agent_writes (sent_ms);
CREATE INDEX IF NOT EXISTS agent_writes_reserved ON agent_writes (id) WHERE state = 'reserved';
CREATE TABLE IF NOT EXISTS agent_orders (
    order_id TEXT NOT NULL PRIMARY KEY,
    creation TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS agent_payments (
    payment TEXT NOT NULL,
    creation TEXT NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (payment, creation)
);
";

/// Set for the connection, as the journal sets it.
pub const SETTINGS: &str = "\
PRAGMA busy_timeout = 10000;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
";

/// Keeps a proposal: id, endpoint, digest, amount, currency, moment of its end.
pub const PROPOSE: &str = "\
INSERT INTO agent_proposals (id, endpoint, digest, amount, currency, expires_ms) VALUES (?, ?, ?, ?, ?, ?)";

/// Forgets proposals that ended before a moment.
pub const FORGET: &str = "DELETE FROM agent_proposals WHERE expires_ms < ?";

/// A proposal: endpoint, digest, amount, currency, whether it was used.
pub const PROPOSAL: &str = "\
SELECT endpoint, digest, amount, currency, used_ms IS NOT NULL FROM agent_proposals WHERE id = ?";

/// Uses a proposal up: moment, id.
pub const USE: &str = "UPDATE agent_proposals SET used_ms = ? WHERE id = ? AND used_ms IS NULL";

/// How many writes were begun after a moment, whatever became of them.
pub const COUNT: &str = "SELECT count(*) FROM agent_writes WHERE sent_ms > ?";

/// What was begun after a moment and may have cost something: id, amount, currency.
pub const SPENT: &str = "\
SELECT id, amount, currency FROM agent_writes WHERE sent_ms > ? AND state <> 'released' AND amount IS NOT NULL";

/// What has been paid of a creation, by payments that may have been carried out.
pub const PAID: &str = "\
SELECT agent_payments.amount FROM agent_payments JOIN agent_writes ON agent_writes.id = agent_payments.payment
WHERE agent_payments.creation = ? AND agent_writes.state <> 'released'";

/// The creation of an order, if it was made here and may have cost something: id, amount, currency.
pub const CREATION: &str = "\
SELECT agent_writes.id, agent_writes.amount, agent_writes.currency
FROM agent_orders JOIN agent_writes ON agent_writes.id = agent_orders.creation
WHERE agent_orders.order_id = ? AND agent_writes.state <> 'released' AND agent_writes.amount IS NOT NULL";

/// Reserves: id, endpoint, amount, currency, moment.
pub const RESERVE: &str = "\
INSERT INTO agent_writes (id, endpoint, amount, currency, state, sent_ms) VALUES (?, ?, ?, ?, 'reserved', ?)";

/// Of what was created, a payment pays a part: payment, creation, amount.
pub const PAY: &str = "INSERT INTO agent_payments (payment, creation, amount) VALUES (?, ?, ?)";

/// What is reserved.
pub const RESERVED: &str = "SELECT id FROM agent_writes WHERE state = 'reserved' ORDER BY sent_ms";

/// Ends a reservation: state, id.
pub const END: &str = "UPDATE agent_writes SET state = ? WHERE id = ? AND state = 'reserved'";

/// An order that a write made: order, write.
pub const MADE: &str = "INSERT OR IGNORE INTO agent_orders (order_id, creation) VALUES (?, ?)";

/// What the journal has of a write, by its key.
pub const ENTRY: &str = "SELECT entry FROM writes WHERE key = ?";
