-- Distributes the journal's two tables by wallet. See citus.md beside it.
--
-- To be run once, on the coordinator, in the database of this installation: after `connects` has made
-- its tables, and best before there are many entries. A wallet and its entries come to lie on the same
-- node, so that a wallet's row, its entry and its unique keys are the affair of one node.

-- The journal's triggers look at one row and nothing else, so they may run on each node by themselves.
-- Citus wants to be told so, here and in every later session that creates or moves shards.
SET citus.enable_unsafe_triggers TO on;

SELECT create_distributed_table('journal_wallet', 'id');
SELECT create_distributed_table('journal_entry', 'wallet', colocate_with => 'journal_wallet');
