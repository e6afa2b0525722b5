-- Distributes the journal's two tables by wallet. See citus.md beside it.
--
-- To be run once, on the coordinator, in the database of this installation: after `connects` has made
-- its tables, best before there are entries, and while nothing of it runs. A wallet and its entries come
-- to lie on the same node, so that a wallet's row, its entry and its unique keys are the affair of one
-- node.

-- The journal's triggers look at nothing but that somebody changes a row, so they may stand on each shard
-- by themselves. Citus wants to be told so in the session that distributes the tables.
SET citus.enable_unsafe_triggers TO on;

SELECT create_distributed_table('journal_wallet', 'id');
SELECT create_distributed_table('journal_entry', 'wallet', colocate_with => 'journal_wallet');
