"""Group commit of the ledger's own commands, for a process that posts nothing else."""

from connects.bootstrap.clock import now
from connects.bootstrap.journals import post_alone
from connects.bootstrap.own_transactions import OwnTransactions
from connects.journal.group_commit import LIMITS, GroupCommit, Limits
from connects.journal.port import Outcome
from connects.ledger.commands import Command


def group_commit(limits: Limits = LIMITS) -> GroupCommit[Command, Outcome]:
    """One on a connection of its own; to be closed."""
    return GroupCommit(OwnTransactions(lambda commands: post_alone(commands, now())), limits)
