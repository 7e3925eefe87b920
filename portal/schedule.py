"""What runs when. The whole timetable, in one place, in UTC and seconds.

The sweeps of every few seconds each cost one query on a partial index that is nearly always empty.
"""

from __future__ import annotations

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "poll sources": {"task": "ingest.tasks.poll_due_sources", "schedule": 10},
    "parse documents": {"task": "ingest.tasks.parse_pending_documents", "schedule": 5},
    "compare opportunities": {"task": "opportunities.tasks.compare_pending_opportunities", "schedule": 10},
    "record projects": {"task": "opportunities.tasks.record_pending_projects", "schedule": 10},
    "name buyers": {"task": "opportunities.tasks.name_pending_buyers", "schedule": 10},
    "reckon memories": {"task": "opportunities.tasks.reckon_pending_memories", "schedule": 15},
    "refresh search": {"task": "opportunities.tasks.refresh_search", "schedule": 15},
    "score opportunities": {"task": "matching.tasks.score_pending_opportunities", "schedule": 5},
    "score profiles": {"task": "matching.tasks.score_pending_profiles", "schedule": 5},
    "label opportunities": {"task": "matching.tasks.label_pending_opportunities", "schedule": 10},
    "encode texts": {"task": "matching.tasks.encode_pending_texts", "schedule": 30},
    "check sources": {"task": "ingest.tasks.check_sources", "schedule": 30},
    "compare a replay": {"task": "ingest.tasks.compare_requested_replay", "schedule": 60},
    "apply a replay": {"task": "ingest.tasks.apply_accepted_replay", "schedule": 60},
    "watch the canary": {"task": "ingest.tasks.watch_canary", "schedule": 60},
    "tidy history": {"task": "ingest.tasks.tidy_history", "schedule": crontab(minute="20")},
    "refresh the index": {"task": "matching.tasks.refresh_index", "schedule": 60},
    "check matches": {"task": "matching.tasks.check_matches", "schedule": crontab(minute="10", hour="2")},
    "refresh term statistics": {
        "task": "matching.tasks.refresh_term_statistics",
        "schedule": crontab(minute="40", hour="1"),
    },
    # Every quarter of an hour: everybody has an hour of their own. A person's period is decided once, so
    # asking often only makes up for hours when nobody was there to ask.
    "owe digests": {"task": "matching.tasks.owe_due_digests", "schedule": crontab(minute="*/15")},
    # An hour's count replaces the one before: the day's last one stands.
    "count losses": {"task": "matching.tasks.count_losses", "schedule": crontab(minute="35")},
    "tell registrations": {"task": "portal.accounts.tasks.tell_pending_registrations", "schedule": 10},
    "send invitations": {"task": "portal.accounts.tasks.send_pending_invitations", "schedule": 10},
    "tell departures": {"task": "portal.accounts.tasks.tell_pending_departures", "schedule": 60},
    "tell of looks": {"task": "portal.accounts.tasks.tell_pending_looks", "schedule": 10},
    "forget unconfirmed": {
        "task": "portal.accounts.tasks.forget_unconfirmed",
        "schedule": crontab(minute="50", hour="2"),
    },
    "send deliveries": {"task": "matching.tasks.send_pending_deliveries", "schedule": 5},
    "owe alerts": {"task": "matching.tasks.owe_alerts", "schedule": 300},
    "recover lost work": {"task": "matching.tasks.recover_lost_work", "schedule": crontab(minute="5,35")},
    "read mail reports": {"task": "matching.tasks.read_mail_reports", "schedule": 300},
    "owe webhooks": {"task": "matching.tasks.owe_pending_webhooks", "schedule": 30},
    "send webhooks": {"task": "matching.tasks.send_pending_webhooks", "schedule": 5},
    "tell webhook owners": {"task": "matching.tasks.tell_webhook_owners", "schedule": 60},
    "send sign-ups": {"task": "matching.tasks.send_pending_sign_ups", "schedule": 10},
    "join recipients": {"task": "matching.tasks.join_recipients", "schedule": 60},
    "forget sign-ups": {
        "task": "matching.tasks.forget_unconfirmed_sign_ups",
        "schedule": crontab(minute="55", hour="2"),
    },
    "send shares": {"task": "matching.tasks.send_pending_shares", "schedule": 5},
}

# Beside it, where the world is made up.
DEMO_SCHEDULE = {
    "owe the first digest": {"task": "portal.demo.tasks.owe_first_digest", "schedule": 5},
}
