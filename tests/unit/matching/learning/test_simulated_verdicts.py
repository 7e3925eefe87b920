from __future__ import annotations

from matching.evaluation.ranking import Corpus, rank, read_corpus, read_profile
from matching.evaluation.verdicts import reranked, simulated_verdicts, verdicts_report
from matching.scoring.engine import PreparedWanted
from matching.scoring.records import Offered, Wanted

TITLES = {
    "a": "Water quality sensors for reservoirs",
    "b": "Water quality sensors for lakes",
    "c": "SCADA for sewage pumping stations",
    "d": "SCADA for sewage treatment plant",
    "e": "SCADA for water quality",
}
GRADES = {"a": 3, "b": 3, "c": 0, "d": 0, "e": 1}


def corpus() -> Corpus:
    return read_corpus({tender: Offered(title) for tender, title in TITLES.items()}, None)


def profile() -> PreparedWanted:
    return read_profile(Wanted("en", capabilities=("SCADA", "Water quality sensors")), None)


def test_a_company_goes_down_its_list_and_passes_over_what_is_unclear() -> None:
    ranking = [("e", 5.0), ("x", 4.0), ("a", 3.0), ("c", 2.0), ("b", 1.0)]

    assert simulated_verdicts(ranking, GRADES) == {"a": True, "c": False, "b": True}


def test_verdicts_bring_what_is_like_the_relevant_ones_forward() -> None:
    ranking = rank(profile(), corpus(), top=10)

    order = reranked(profile(), corpus(), ranking, {"a": True, "c": False})

    assert order.index("b") < order.index("d")
    assert sorted(order) == sorted(tender for tender, _ in ranking)


def test_without_verdicts_the_order_stays() -> None:
    ranking = rank(profile(), corpus(), top=10)

    assert reranked(profile(), corpus(), ranking, {}) == [tender for tender, _ in ranking]


def test_the_report_says_how_good_the_rest_of_the_list_is_before_and_after() -> None:
    lines = verdicts_report({"p": profile()}, corpus(), {"p": GRADES}, verdicts=1).splitlines()

    assert lines[0].startswith("nDCG@10 of what remains, 1 verdicts\tn\tbefore\tafter\trise")
    assert [line.split("\t")[1] for line in lines[1:]] == ["1", "1"]


def test_profiles_without_judgements_are_left_out() -> None:
    report = verdicts_report({"p": profile()}, corpus(), {}, verdicts=5)

    assert "the first of the list\t0\t-" in report
