"""A customer writes; the agent sees it beside her order, and answers; the answer is in the same thread."""

import asyncio
import smtplib
import time
from email.message import EmailMessage

from tests.stories.conftest import Served


def mail(sender: str, to: str, subject: str, text: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


async def post(house: Served, message: EmailMessage) -> None:
    def hand_in() -> None:
        with smtplib.SMTP(*house.door) as smtp:
            smtp.send_message(message)

    await asyncio.to_thread(hand_in)


async def test_a_mail_is_on_the_desk(house: Served) -> None:
    await house.add_inbox("care@shop.example")
    async with house.signed_in("maren@shop.example") as agent:
        began = time.perf_counter()
        await post(
            house, mail("Ioanna <ioanna@mail.example>", "care@shop.example", "Where is it?", "My parcel.")
        )
        rows: list[dict[str, object]] = []
        while not rows:
            rows = (await agent.get("/api/queue?view=team")).json()["rows"]
        print("seen after", time.perf_counter() - began)
        assert rows[0]["customer_name"] == "Ioanna"
        assert rows[0]["matter"] == "Where is it?"
        view = await agent.get(f"/api/customers/{rows[0]['customer_id']}/view")
        assert view.status_code == 200, view.text
        assert [e["text"].strip() for e in view.json()["story"]["entries"]] == ["My parcel."]
        answer = await agent.post(
            f"/api/conversations/{rows[0]['id']}/replies", json={"text": "It is on its way."}
        )
        assert answer.status_code == 201, answer.text
        back = await agent.delete(f"/api/replies/{answer.json()['id']}")
        assert back.json()["text"] == "It is on its way."
