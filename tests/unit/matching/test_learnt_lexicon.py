"""What translates what, learnt from labels in two languages."""

from __future__ import annotations

from matching.scoring.learnt_lexicon import learn_lexicon


def test_a_word_is_explained_by_the_one_it_meets_everywhere() -> None:
    learnt = learn_lexicon(
        [
            (("vatten", "pump"), ("water", "pump")),
            (("vatten", "tank"), ("water", "tank")),
            (("olja", "pump"), ("oil", "pump")),
        ]
    )

    assert {word: max(found, key=lambda other: found[other]) for word, found in learnt.items()} == {
        "vatten": "water",
        "pump": "pump",
        "tank": "tank",
        "olja": "oil",
    }


def test_chances_add_up_to_one_at_most() -> None:
    learnt = learn_lexicon([(("a", "b"), ("x", "y", "z")), (("a",), ("x",))])

    assert all(0 < sum(found.values()) <= 1.0001 for found in learnt.values())


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn_lexicon([]) == {}
    assert learn_lexicon([((), ("x",)), (("a",), ())]) == {}
