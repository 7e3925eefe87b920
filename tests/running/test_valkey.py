from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from portal.embedded.valkey import Valkey

MakeValkey = Callable[[Path], Valkey]


@pytest.fixture
def make_valkey() -> Iterator[MakeValkey]:
    made: list[Valkey] = []

    def make(data: Path) -> Valkey:
        made.append(Valkey(data))
        return made[-1]

    yield make
    for server in made:
        server.stop()


def test_what_was_put_in_is_there_after_a_restart(make_valkey: MakeValkey, tmp_path: Path) -> None:
    server = make_valkey(tmp_path)
    server.start()
    with redis.Redis.from_url(server.url()) as client:
        client.set("bell", "rung")
    server.stop()

    server.start()

    with redis.Redis.from_url(server.url()) as client:
        assert client.get("bell") == b"rung"


def test_a_path_with_spaces_letters_and_great_length_works(make_valkey: MakeValkey, tmp_path: Path) -> None:
    server = make_valkey(tmp_path / "Mina filer på Åland" / ("x" * 100))

    server.start()

    assert server.is_running()


def test_a_server_left_behind_is_ended_and_its_place_taken(make_valkey: MakeValkey, tmp_path: Path) -> None:
    orphan = make_valkey(tmp_path)
    orphan.start()

    server = make_valkey(tmp_path)
    server.start()

    assert not orphan.is_running()
    assert server.is_running()


def test_it_refuses_rather_than_forgets_when_memory_is_short(make_valkey: MakeValkey, tmp_path: Path) -> None:
    server = make_valkey(tmp_path)

    server.start()

    with redis.Redis.from_url(server.url()) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
