"""What changes in ingest, and nothing else does."""

from ingest.services.canary import watch_canary
from ingest.services.check_sources import accept_reading, check_sources
from ingest.services.columns import HeadedTables, Mapped, MappedMeanwhile, map_columns, plan_of_mapping
from ingest.services.layouts import accept_layout
from ingest.services.look_at_table import TableLook, look_at_table
from ingest.services.parse_document import parse_document
from ingest.services.poll_source import poll_source
from ingest.services.questions import Answer, answer_question, take_back_answer
from ingest.services.read_by_hand import read_by_hand
from ingest.services.request_poll import close_breaker, request_poll
from ingest.services.retry_document import retry_document
from ingest.services.settle import reopen_document, reopen_part, settle_document, settle_quarantined_part
from ingest.services.store_document import receive_paste, receive_upload, store_document
from ingest.services.tidy import tidy_history

__all__ = [
    "Answer",
    "HeadedTables",
    "Mapped",
    "MappedMeanwhile",
    "TableLook",
    "accept_layout",
    "accept_reading",
    "answer_question",
    "check_sources",
    "close_breaker",
    "look_at_table",
    "map_columns",
    "parse_document",
    "plan_of_mapping",
    "poll_source",
    "read_by_hand",
    "receive_paste",
    "receive_upload",
    "reopen_document",
    "reopen_part",
    "request_poll",
    "retry_document",
    "settle_document",
    "settle_quarantined_part",
    "store_document",
    "take_back_answer",
    "tidy_history",
    "watch_canary",
]
