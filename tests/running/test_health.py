from __future__ import annotations

import pytest
from django.test import Client, override_settings


@pytest.mark.django_db
def test_a_well_installation_says_so(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": True, "redis": True}


@pytest.mark.django_db
def test_without_its_broker_it_says_which_part_is_missing(client: Client) -> None:
    nowhere = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere"}

    with override_settings(CACHES={"default": nowhere}):
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"database": True, "redis": False}
