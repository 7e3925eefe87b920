from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_well_installation_says_so(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"database": True, "redis": True}
