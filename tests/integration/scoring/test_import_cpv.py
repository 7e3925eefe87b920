"""Taking in the official list of CPV codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from matching.models import CapabilityProfile
from tests.factories.matching import CapabilityProfileFactory


@pytest.mark.django_db
def test_every_profile_is_scored_anew_once_codes_are_known(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    table = tmp_path / "cpv.csv"
    table.write_text("code,en,sv\n03111111,Zorple seeds,Zorpelfrön\n", "utf-8")
    CapabilityProfileFactory.create(scored_at=timezone.now())

    call_command("import_cpv", table)

    assert (tmp_path / "cpv.json").exists()
    assert CapabilityProfile.objects.get().scored_at is None


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere") as caught:
        call_command("import_cpv", tmp_path / "nowhere.csv")
    assert caught.value.returncode == 2
