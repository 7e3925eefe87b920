"""Which buyer an opportunity's names mean, and what the office says about them."""

from opportunities.services.buyers.aliases import (
    add_buyer,
    describe_buyer,
    name_buyer_alias,
    remove_buyer,
    remove_buyer_alias,
    set_aside_buyer_name,
)
from opportunities.services.buyers.known import write_known_buyers
from opportunities.services.buyers.name_buyers import name_buyers
from opportunities.services.buyers.reckon_memory import reckon_memories

__all__ = [
    "add_buyer",
    "describe_buyer",
    "name_buyer_alias",
    "name_buyers",
    "reckon_memories",
    "remove_buyer",
    "remove_buyer_alias",
    "set_aside_buyer_name",
    "write_known_buyers",
]
