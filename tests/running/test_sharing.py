from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from portal.embedded.servers import Servers, Wanted
from portal.embedded.sharing import Addresses, announce, owned, owned_or_attached

# One server shows all there is to sharing, and Valkey starts in a blink.
VALKEY = Wanted(postgres=False)


def nothing(_servers: Servers) -> None:
    return


def test_who_comes_second_uses_the_servers_of_the_first(tmp_path: Path) -> None:
    with (
        owned_or_attached(tmp_path, VALKEY, prepare=nothing) as first,
        owned_or_attached(tmp_path, VALKEY, prepare=nothing) as second,
    ):
        assert second == first
        assert first.redis_url is not None


def test_what_the_owner_announces_is_what_others_get(tmp_path: Path) -> None:
    with owned(tmp_path, Wanted(postgres=False, valkey=False), on_wait=lambda: None):
        announce(tmp_path, Addresses(site_url="http://localhost:8123"))

        with owned_or_attached(tmp_path, VALKEY, prepare=nothing) as found:
            assert found.site_url == "http://localhost:8123"


def test_the_addresses_of_a_killed_run_are_not_believed(tmp_path: Path) -> None:
    (tmp_path / "locks").mkdir()
    announce(tmp_path, Addresses(redis_url="unix:///nowhere"))

    with owned_or_attached(tmp_path, VALKEY, prepare=nothing) as found:
        assert found.redis_url != "unix:///nowhere"


def test_the_servers_stay_until_the_last_user_has_gone(tmp_path: Path) -> None:
    in_use, may_go, still_there = threading.Event(), threading.Event(), []

    def use(is_running: Callable[[], bool]) -> None:
        with owned_or_attached(tmp_path, VALKEY, prepare=nothing):
            in_use.set()
            may_go.wait(10)
            still_there.append(is_running())

    with owned(tmp_path, VALKEY, on_wait=lambda: None) as servers:
        assert servers.valkey is not None
        announce(tmp_path, Addresses(redis_url=servers.redis_url))
        user = threading.Thread(target=use, args=[servers.valkey.is_running])
        user.start()
        in_use.wait(10)
        # The owner is on its way out before the user is.
        threading.Timer(0.3, may_go.set).start()

    user.join()
    assert still_there == [True]
    assert not servers.valkey.is_running()


def test_nobody_gets_in_before_the_owner_is_ready(tmp_path: Path) -> None:
    order = []

    def attach() -> None:
        with owned_or_attached(tmp_path, VALKEY, prepare=nothing):
            order.append("attached")

    def prepare(_servers: Servers) -> None:
        user.start()
        user.join(0.3)
        order.append("prepared")

    user = threading.Thread(target=attach)
    with owned_or_attached(tmp_path, VALKEY, prepare=prepare):
        user.join(10)

    assert order == ["prepared", "attached"]
