"""Identify: whose address is this?"""

import asyncio

import pytest

from doorstep.customers import Known, Raced, Sender, identify
from doorstep.kernel import Address, AddressKind, new_id
from tests.parts import Spine

ANA = Address(AddressKind.MAILBOX, "ana@mail.example", "Ana")
BEN = Address(AddressKind.MAILBOX, "ben@mail.example")


def sender(address: Address) -> Sender:
    return Sender(id=new_id(), address=address)


async def known(spine: Spine, *addresses: Address) -> list[Known]:
    async with spine.db.transaction() as tx:
        return await identify(tx, [sender(address) for address in addresses])


async def test_a_new_address_makes_a_customer_by_the_name_it_gave(spine: Spine) -> None:
    (ana,) = await known(spine, ANA)
    (row,) = await spine.rows(
        "select c.id, c.name, i.id as identity_id, i.value, i.evidence from customer c "
        "join identity i on i.customer_id = c.id"
    )
    assert row == {
        "id": ana.customer_id,
        "name": "Ana",
        "identity_id": ana.identity_id,
        "value": "ana@mail.example",
        "evidence": "unverified",
    }


async def test_a_known_address_is_the_same_customer_whatever_name_it_gives(spine: Spine) -> None:
    first = await known(spine, ANA)
    assert await known(spine, Address(AddressKind.MAILBOX, ANA.value, "Somebody else")) == first
    assert await spine.value("select name from customer") == "Ana"


async def test_the_same_words_of_another_kind_are_another_address(spine: Spine) -> None:
    mailbox, handle = await known(spine, ANA, Address(AddressKind.HANDLE, ANA.value))
    assert mailbox.customer_id != handle.customer_id


async def test_everyone_is_told_apart_in_their_order(spine: Spine) -> None:
    (ana,) = await known(spine, ANA)
    people = await known(spine, BEN, ANA, BEN, ANA)
    assert [p.value for p in people] == [BEN.value, ANA.value, BEN.value, ANA.value]
    assert people[1] == people[3] == ana
    assert people[0] == people[2]
    assert await spine.value("select count(*) from customer") == 2


async def test_nobody_is_nobody(spine: Spine) -> None:
    assert await known(spine) == []


async def test_of_two_at_once_one_begins_again_and_finds_her(spine: Spine) -> None:
    async with spine.db.connection() as one, spine.db.connection() as other:
        first, second = one.transaction(), other.transaction()
        await first.start()
        await second.start()
        (made,) = await identify(one, [sender(ANA)])
        waiting = asyncio.create_task(identify(other, [sender(ANA)]))
        await asyncio.wait([waiting], timeout=0.1)
        assert not waiting.done()
        await first.commit()
        with pytest.raises(Raced):
            await waiting
        await second.rollback()
    assert await known(spine, ANA) == [made]
    assert await spine.value("select count(*) from customer") == 1
