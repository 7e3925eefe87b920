"""What is bought and sold in this field, in Swedish and English: domains, and the concepts in each.

One file a domain in ``domains/``. A file that breaks a rule stops the program at import, naming the rule.
"""

from __future__ import annotations

from matching.scoring.vocabulary.reading import read_domains
from matching.scoring.vocabulary.records import Concept, Domain, Term

DOMAINS: dict[str, Domain] = {domain.slug: domain for domain in read_domains()}
CONCEPTS: dict[str, Concept] = {
    concept.slug: concept for domain in DOMAINS.values() for concept in domain.concepts
}

__all__ = ["CONCEPTS", "DOMAINS", "Concept", "Domain", "Term"]
