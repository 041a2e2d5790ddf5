"""What the interface offers, for programs and for people."""

from doorstep.store import Database
from tests.house_edge.house import house


async def test_the_schema_names_structs_as_they_are_and_rooms_as_tags(database: Database) -> None:
    schema = (await house(database).browser().get("/api/schema/openapi.json")).json()
    assert {"Session", "SignIn", "Agent", "NewAgent", "AuditPage", "AuditEvent"} <= set(
        schema["components"]["schemas"]
    )
    session = schema["paths"]["/api/session"]
    assert session["post"]["tags"] == ["people"]
    assert session["post"]["description"] == "Sign in."
    assert "/metrics" not in schema["paths"]


async def test_what_is_injected_is_not_asked_of_the_caller(database: Database) -> None:
    schema = (await house(database).browser().get("/api/schema/openapi.json")).json()
    asked = {
        parameter["name"]
        for methods in schema["paths"].values()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
    }
    assert asked == {"agent_id", "before", "actor", "customer", "kind", "limit"}


async def test_every_operation_tells_of_problems_and_of_no_other_form(database: Database) -> None:
    schema = (await house(database).browser().get("/api/schema/openapi.json")).json()
    assert {"request_id", "detail"} <= set(schema["components"]["schemas"]["Problem"]["required"])
    for methods in schema["paths"].values():
        for operation in methods.values():
            content = operation["responses"]["default"]["content"]["application/problem+json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
            assert "400" not in operation["responses"]


async def test_the_page_for_people_needs_nothing_from_elsewhere(database: Database) -> None:
    answer = await house(database).browser().get("/api/schema")
    assert "POST /api/session" in answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    for outside in ("http:", "https:", "<script", "<style", "<link"):
        assert outside not in answer.text
