"""The names that a document gives to the quantities of a network, where they are not the network's."""

from __future__ import annotations

from symbackprop.auditing.mathematics.statements import Statements
from symbackprop.auditing.naming.correspondence import Correspondence
from symbackprop.auditing.naming.definitions import Definitions
from symbackprop.auditing.naming.facts import facts
from symbackprop.auditing.naming.functions import with_functions
from symbackprop.auditing.naming.renaming import complete, with_families
from symbackprop.auditing.naming.roles import Roles
from symbackprop.auditing.naming.spellings import Spellings
from symbackprop.auditing.naming.units import Units
from symbackprop.auditing.naming.vocabulary import Vocabulary
from symbackprop.auditing.truth import Truth
from symbackprop.network.problem import Problem


def own_names(problem: Problem, statements: Statements) -> dict[str, str]:
    """Each quantity that is to be renamed for this document, with its new name; {} where the document follows it."""
    if not problem.values:
        return {}
    statements = with_functions(statements, problem.graph)
    vocabulary = Vocabulary(problem.graph.names)
    units = Units(problem.graph)
    spellings = Spellings(vocabulary, units)
    known = facts(statements, Definitions(statements))
    roles = Roles(problem, vocabulary, units)
    return complete(problem, with_families(problem, Correspondence(Truth(problem), roles, spellings, known).found()))
