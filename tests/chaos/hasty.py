"""The portal's Celery app with a timetable of mail alone, in which a second stands for minutes."""

from __future__ import annotations

from portal.celery import app

__all__ = ["app"]

app.conf.beat_schedule = {
    task: {"task": f"matching.tasks.{task}", "schedule": every, "options": {"expires": 3}}
    for task, every in {
        "owe_due_digests": 3.0,
        "owe_alerts": 3.0,
        "send_pending_deliveries": 1.0,
        "recover_lost_work": 5.0,
    }.items()
}
