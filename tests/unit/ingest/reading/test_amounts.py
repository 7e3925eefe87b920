from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.amounts import read_amount
from ingest.reading.words import NotUnderstood
from portal.lib.money import Money


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("80,58,645", "8058645"),
        ("1,15,00,00,000", "1150000000"),
        ("11,485,962", "11485962"),
        ("17799000.0", "17799000"),
        (" 2,500.50 ", "2500.5"),
        ("INR 774,522,940.85", "774522940.85"),
        ("INR 1.785E+7", "17850000"),
        ("INR 5.08", "5.08"),
        ("Rs. 5,00,000/-", "500000"),
        ("Rs.5,00,000/- only", "500000"),
        ("Rs 5,00,000/- (Rupees five lakh only)", "500000"),
        ("₹20,46,50,296.00", "204650296"),
        ("₹\xa012.5 crore", "125000000"),
        ("Rs. 20.46 Crores only", "204600000"),
        ("2.5 Cr.", "25000000"),
        (".5 Cr", "5000000"),
        ("Rs. 1.2 Lac.", "120000"),
        ("5 lakhs", "500000"),
        ("5 lakh INR", "500000"),
        ("10L", "1000000"),
        ("INR 4.2 mn", "4200000"),
    ],
)
def test_rupees_are_read_in_every_way_offices_write_them(words: str, amount: str) -> None:
    assert read_amount(words) == Money(Decimal(amount), "INR")


@pytest.mark.parametrize(
    ("words", "money"),
    [
        ("USD 1,000.50", Money(Decimal("1000.5"), "USD")),
        ("US$ 3 million", Money(Decimal(3_000_000), "USD")),
        ("$ 5 mn", Money(Decimal(5_000_000), "USD")),
        ("€ 1,200", Money(Decimal(1200), "EUR")),
        ("12 kr", Money(Decimal(12), "SEK")),
        ("JPY 40,00,000", Money(Decimal(4_000_000), "JPY")),
    ],
)
def test_other_currencies_are_kept(words: str, money: Money) -> None:
    assert read_amount(words) == money


def test_a_column_may_say_what_its_numbers_mean() -> None:
    assert read_amount("1,500", currency="USD") == Money(Decimal(1500), "USD")


@pytest.mark.parametrize(
    "words", ["", "NA ", "N.A.", "-", "Nil", "0", "0.0", "0.00", "Rs. 0/-", "\xa0", "Not Applicable"]
)
def test_nothing_stated_is_none_and_never_zero(words: str) -> None:
    assert read_amount(words) is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("2%", "share"),
        ("2 percent of the estimate", "share"),
        ("10-20 lakh", "one amount"),
        ("As per NIT", "one amount"),
        ("-500", "one amount"),
        ("Rs.", "one amount"),
        ("5 apples", "apples"),
        ("USD 5 INR", "two currencies"),
        ("9" * 16, "too large"),
        ("1E+90", "too large"),
        ("5" * 200, "too long"),
        ("1.2.3", "one amount"),
    ],
)
def test_what_cannot_be_read_says_why(words: str, reason: str) -> None:
    with pytest.raises(NotUnderstood, match=reason):
        read_amount(words)


def indian(number: int) -> str:
    """An amount in Indian grouping, the slow way: three digits, then pairs."""
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    pairs = []
    while head:
        pairs.append(head[-2:])
        head = head[:-2]
    return ",".join([*reversed(pairs), tail])


@given(
    st.integers(1, 10**14),
    st.sampled_from(["", "Rs. ", "₹", "INR "]),
    st.sampled_from(["", "/-", ".00", " only"]),
)
def test_both_groupings_state_the_same_amount(number: int, before: str, after: str) -> None:
    expected = Money(Decimal(number), "INR")
    assert read_amount(f"{before}{indian(number)}{after}") == expected
    assert read_amount(f"{before}{number:,}{after}") == expected


@given(st.decimals(min_value="0.01", max_value="10000", places=2))
def test_crores_and_lakhs_are_what_they_are_worth(amount: Decimal) -> None:
    crores, lakhs = read_amount(f"{amount} crore"), read_amount(f"{amount} lakh")
    assert crores == Money(amount * 10_000_000, "INR")
    assert lakhs == Money(amount * 100_000, "INR")


@given(st.integers(1, 10**12))
def test_equal_amounts_are_equal_in_words_too(number: int) -> None:
    """The archive compares notices by their JSON."""
    spellings = (f"{number}", f"{number}.0", f"{number}.00", f"{Decimal(number):E}")
    assert len({str(read_amount(words)) for words in spellings}) == 1


@given(st.text(max_size=150))
def test_any_words_are_an_amount_or_nothing_or_not_understood(words: str) -> None:
    try:
        money = read_amount(words)
    except NotUnderstood:
        return
    assert money is None or 0 < money.amount < 10**15
