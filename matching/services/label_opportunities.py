"""Which solution domains opportunities are about, said on what they are searched by."""

from __future__ import annotations

from matching.facing_records import offered_in
from matching.scoring.engine import domains_offered, prepare_offered, scorer_version
from matching.services.vocabulary import with_current_vocabulary
from opportunities.models import Opportunity
from opportunities.services import DomainsOf, set_domains
from portal.lib.batches import batched

_BATCH = 200


@with_current_vocabulary
def label_opportunities(*, most: int = 5_000) -> int:
    """Read which domains an opportunity is about where that isn't known as it stands now. Return of how many.

    Its texts may have changed since, or the vocabulary. Whoever reads the same twice says the same twice.
    """
    version = scorer_version()
    # Two questions, for "not equal" would read every entry.
    due = [
        pk
        for other in (
            {"search_entry__domains_version__lt": version},
            {"search_entry__domains_version__gt": version},
        )
        for pk in Opportunity.objects.filter(**other).values_list("pk", flat=True)[:most]
    ][:most]
    for batch in batched(due, _BATCH):
        rows = Opportunity.objects.filter(pk__in=batch).defer("search_vector")
        set_domains(
            [DomainsOf(row.pk, domains_offered(prepare_offered(offered_in(row)))) for row in rows],
            version=version,
        )
    return len(due)
