"""The chores: counts are folded, partitions made, files swept, by one node for all."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

from structlog.testing import capture_logs

from doorstep.chores import do_chores
from doorstep.routing import count_waiting, waiting
from doorstep.store import DiskFiles, opened
from tests.parts import Spine, until


async def test_they_are_done_by_whichever_node_is_there(
    spine: Spine, database_url: str, tmp_path: Path
) -> None:
    files = DiskFiles(tmp_path / "files")
    unused = await files.keep(b"nobody's")
    os.utime(files.path(unused), (0, 0))
    last = await spine.value("select max(relname) from pg_class where relname ~ '^event_[0-9]{4}_[0-9]{2}$'")
    await spine.run(f"drop table {last}")
    async with spine.db.transaction() as tx:
        await count_waiting(tx, {spine.queue_id: 3})
    async with opened(database_url) as other:
        nodes = [asyncio.create_task(do_chores(db, files)) for db in (spine.db, other)]
        await until(lambda: spine.value("select waiting = 3 from queue_count"))
        await until(lambda: not files.path(unused).exists())
        async with spine.db.transaction() as tx:
            await count_waiting(tx, {spine.queue_id: 4})
        await until(lambda: spine.value("select waiting = 7 from queue_count"))
        for node in nodes:
            node.cancel()
        await asyncio.gather(*nodes, return_exceptions=True)
    async with spine.db.connection() as on:
        assert await waiting(on) == {spine.queue_id: 7}
    assert await spine.value("select to_regclass($1) is not null", last)


async def test_partitions_behind_a_backup_are_made_soon_after_it(spine: Spine, tmp_path: Path) -> None:
    last = await spine.value("select max(relname) from pg_class where relname ~ '^event_[0-9]{4}_[0-9]{2}$'")
    await spine.run(f"drop table {last}")
    async with spine.db.transaction() as backup:
        await backup.execute("lock table event_rest in access share mode")
        with capture_logs() as log:
            chores = asyncio.create_task(
                do_chores(spine.db, DiskFiles(tmp_path / "files"), soon=timedelta(seconds=0))
            )
            await until(lambda: any(line["event"] == "chore.failed" for line in log))
        async with spine.db.transaction() as tx:
            await count_waiting(tx, {spine.queue_id: 3})
        await until(lambda: spine.value("select waiting = 3 from queue_count"))
    await until(lambda: spine.value("select to_regclass($1) is not null", last))
    chores.cancel()
    await asyncio.gather(chores, return_exceptions=True)
