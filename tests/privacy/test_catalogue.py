"""Every column that can hold words is judged: erased with a person, or no person is in it."""

from doorstep.store import Database

WORDS = {"text", "bytea", "jsonb", "json", "tsvector", "character varying", "ARRAY", "USER-DEFINED"}

ERASED = {
    "attachment": "name media_type content_id sha256",
    "automatic_answer": "kind value",
    "awaited_name": "name",
    "choice": "content said_by how",
    "choice_link": "link page",
    "conversation": "matter orders",
    "customer_link": "why reasons",
    "customer": "name city country language",
    "block": "word",
    "dead_job": "payload error",
    "description": "source external_id said",
    "draft": "recipients subject html text",
    "draft_attachment": "name media_type content_id sha256",
    "file_use": "sha256",
    "holder": "kind value name evidence",
    "identity": "kind value name evidence reasons unreachable_why",
    "import_refusal": "message_id found_at reason",
    "interaction": "subject text said html message_id recipients attested delivery_detail words",
    "job": "payload key",
    "journal": "signal raw raw_file",
    "payment": "method",
    "picture_sender": "kind value",
    "possible_match": "reasons",
    "quarantine": "sender_kind sender_value sender_name subject beginning reason line stood",
    "reading": "name content",
    "recognised": "reasons",
    "refund": "reason",
    "reply": "bcc signature",
    "sales_order": "ship_to bill_to",
    "sales_return": "reason lines",
    "seen": "external_id",
    "sender_rule": "pattern",
    "shipment": "tracking_no",
    "shop_customer": "external_id said",
    "tracking_event": "place detail",
    "undelivered": "error",
    "action": "detail",
}
"""What `erase` empties, deletes, or puts an HMAC in the place of."""

NOBODY = {
    "action": "verb",
    "agent": "sign_in name role password",
    "automatic_answers": "content",
    "checkpoint": "value",
    "choice_refusal": "",
    "consent_request": "state session back kept",
    "conversation": "channel state",
    "conversation_link": "evidence",
    "conversation_split": "moved",
    "customer_link": "evidence",
    "dead_job": "kind lane",
    "draft": "mode",
    "erasure": "customer_ids keys seen",
    "erasure_key": "key",
    "event": "kind data",
    "import": "name paths ours state fingerprint error",
    "inbox": "channel name address settings",
    "inbox_contact": "detail",
    "inbox_secret": "value",
    "interaction": "channel direction kind delivery",
    "job": "kind lane",
    "job_lane": "kind lane",
    "journal": "channel",
    "lease": "name",
    "line_item": "title",
    "location": "source external_id name city country",
    "macro": "name folder html acts",
    "matter_question": "candidates",
    "migration": "name sha256",
    "outbox": "kind data",
    "payment": "source external_id state currency",
    "product": "source external_id sku title currency",
    "quarantine": "channel state",
    "queue": "name",
    "refund": "source external_id state currency",
    "reply": "mode acts",
    "sales_order": "source external_id order_no state currency",
    "sales_return": "source external_id state",
    "session": "token csrf",
    "shipment": "source external_id carrier state",
    "shop_customer": "source",
    "sign_in_failure": "key",
    "signature": "html",
    "stood_before": "state",
    "token_key": "key",
    "tracking_event": "step",
    "undelivered": "channel",
}
"""Ids, kinds and figures; a shop's own numbers, which bookkeeping needs; and what is ours alone."""


def listed(catalogue: dict[str, str]) -> set[tuple[str, str]]:
    return {(table, column) for table, columns in catalogue.items() for column in columns.split()}


async def test_every_column_that_can_hold_words_is_judged(database: Database) -> None:
    async with database.connection() as on:
        rows = await on.fetch(
            "select c.table_name, c.column_name, c.data_type from information_schema.columns c"
            " where c.table_schema = 'public' and c.table_name !~ '_(rest|[0-9]{4}_[0-9]{2})$'"
        )
    there = {(row["table_name"], row["column_name"]) for row in rows if row["data_type"] in WORDS}
    judged = listed(ERASED) | listed(NOBODY)
    assert listed(ERASED) & listed(NOBODY) == set()
    unknown = sorted(there - judged)
    assert unknown == [], "erase them (privacy/queries.sql), or say that no person is in them"
    assert sorted(judged - there) == []
