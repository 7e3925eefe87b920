"""What is bought and sold in this field, in Swedish and English: domains, and the concepts in each.

One file a domain in ``domains/``. A file that breaks a rule stops the program at import, naming the rule.
What the office changed is laid over it: see ``in_force``.
"""

from __future__ import annotations

from collections.abc import Mapping

from matching.scoring.vocabulary.in_force import SHIPPED, InForce, version_in_force
from matching.scoring.vocabulary.records import Concept, Domain, Term

# Of the vocabulary in force where they are read.
DOMAINS: Mapping[str, Domain] = InForce(lambda vocabulary: vocabulary.domains)
CONCEPTS: Mapping[str, Concept] = InForce(lambda vocabulary: vocabulary.concepts)

__all__ = ["CONCEPTS", "DOMAINS", "SHIPPED", "Concept", "Domain", "Term", "version_in_force"]
