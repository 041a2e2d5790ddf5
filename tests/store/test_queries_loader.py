"""The loader: named statements out of a `.sql` file, with their parameters numbered."""

from pathlib import Path

import msgspec
import pytest

from doorstep.store import Database, Queries

FILE = """
-- What stands before the first name belongs to nobody: select :nothing;

-- name: whole -> Pair
select :b::text as b, :a as a -- not :this, nor; that
from t -- :nor this
where a = :a and (:from_at, :b) > (x, y);

-- name: casts
select '2026-01-01'::timestamptz, :at::timestamptz, x::text[], (:ids::uuid[])[1], to_char(y, 'HH24:MI:SS');

-- name: bare
select 1

-- name: with_part
select (/* part */), (/* unknown */);
"""


class Pair(msgspec.Struct, frozen=True):
    """Two numbers."""

    a: int
    b: int


@pytest.fixture
def queries(tmp_path: Path) -> Queries:
    path = tmp_path / "queries.sql"
    path.write_text(FILE)
    return Queries(path, part="select :inner")


def test_every_statement_has_its_name_and_struct(queries: Queries) -> None:
    assert [(s.name, s.struct) for s in queries] == [
        ("whole", "Pair"),
        ("casts", ""),
        ("bare", ""),
        ("with_part", ""),
    ]


def test_parameters_are_numbered_as_they_come_each_once(queries: Queries) -> None:
    assert queries["whole"].parameters == ("b", "a", "from_at")
    words = " ".join(queries["whole"].text.split())
    assert words == "select $1::text as b, $2 as a from t where a = $2 and ($3, $1) > (x, y)"


def test_casts_slices_and_times_are_no_parameters(queries: Queries) -> None:
    assert queries["casts"].parameters == ("at", "ids")
    assert queries["casts"].text == (
        "select '2026-01-01'::timestamptz, $1::timestamptz, x::text[], ($2::uuid[])[1], "
        "to_char(y, 'HH24:MI:SS')"
    )


def test_a_part_is_put_in_with_its_parameters(queries: Queries) -> None:
    assert queries["with_part"].text == "select (select $1), (/* unknown */)"
    assert queries["with_part"].parameters == ("inner",)
    assert queries["with_part"].written == "select (select :inner), (/* unknown */)"


def test_an_unknown_statement_and_a_missing_value_are_errors(queries: Queries) -> None:
    with pytest.raises(KeyError):
        queries["nobody"]


async def test_rows_become_structs_by_position(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "rows.sql"
    path.write_text(
        "-- name: pairs -> Pair\n"
        "select n as a, n * :by::int as b from generate_series(1, :most::int) n order by n;\n"
        "-- name: make\ncreate temp table t (n int);\n"
        "-- name: fill\ninsert into t select * from generate_series(1, :most::int);\n"
    )
    sql = Queries(path)
    async with database.connection() as on:
        assert await sql.rows(on, "pairs", Pair, most=2, by=10) == [Pair(1, 10), Pair(2, 20)]
        assert await sql.row(on, "pairs", Pair, most=2, by=10) == Pair(1, 10)
        assert await sql.row(on, "pairs", Pair, most=0, by=10) is None
        assert await sql.value(on, "pairs", most=1, by=3) == 1
        assert await sql.value(on, "pairs", most=0, by=3) is None
        assert [tuple(row) for row in await sql.tuples(on, "pairs", most=1, by=3)] == [(1, 3)]
        assert await sql.run(on, "make") == 0
        assert await sql.run(on, "fill", most=7) == 7
        with pytest.raises(KeyError, match="by"):
            await sql.rows(on, "pairs", Pair, most=2)
