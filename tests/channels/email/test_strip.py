"""What the person newly wrote, whatever program and language the older mail is quoted in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.channels.email.html_text import text_of
from doorstep.channels.email.strip import said
from tests.channels.email.mails import mail, read

NEW = "Thank you, the blue one.\n\nAda"

ATTRIBUTIONS = [
    "On Mon, Apr 2, 2024 at 6:26 PM, Shop Team <help@shop.test> wrote:",
    "On Mon, Apr 2, 2024 at 6:26 PM Shop Team with a rather long name <\nhelp@shop.test> wrote:",
    "On 2 Apr 2024, at 18:26, Shop Team <help@shop.test> wrote:",
    "On Apr 2, 2024,\nat 18:26,\nShop Team <help@shop.test>\nwrote:",
    "At 10:12 PM 4/2/2024, Shop Team wrote:",
    "Shop Team <help@shop.test> wrote on 04/02/2024 06:26:12 PM:",
    "---- On Tue, 02 Apr 2024 18:26:12 +0200 Shop Team <help@shop.test> wrote ----",
    "Am 02.04.2024 um 18:26 schrieb Shop Team:",
    "Am Di., 2. Apr. 2024 um 18:26 Uhr schrieb Shop Team <help@shop.test>:",
    "Shop Team <help@shop.test> schrieb am Di., 2. Apr. 2024, 18:26:",
    "Shop Team <help@shop.test> hat am 02.04.2024 18:26 CEST geschrieben:",
    "Le mar. 2 avr. 2024 à 18:26, Shop Team <help@shop.test> a écrit :",
    "Le 02/04/2024 à 18:26, Shop Team a écrit\xa0:",
    "El mar, 2 abr 2024 a las 18:26, Shop Team (<help@shop.test>) escribió:",
    "El 2 abr. 2024, a las 18:26, Shop Team <help@shop.test> escribió:",
    "Il giorno mar 2 apr 2024 alle ore 18:26 Shop Team <help@shop.test>\nha scritto:",
    "Il 02/04/2024 18:26, Shop Team ha scritto:",
    "Em ter., 2 de abr. de 2024 às 18:26, Shop Team <help@shop.test>\nescreveu:",
    "Op di 2 apr 2024 om 18:26 schreef Shop Team <help@shop.test>:",
    "W dniu 2.04.2024 o 18:26, Shop Team pisze:",
    "wt., 2 kwi 2024 o 18:26 Shop Team <help@shop.test> napisał(a):",
    "вт, 2 апр. 2024 г. в 18:26, Shop Team <help@shop.test>:",
    "02.04.2024 18:26, Shop Team пишет:",
    "Вторник, 2 апреля 2024, 18:26 +03:00 от Shop Team <help@shop.test>:",
    "вт, 2 квіт. 2024 р. о 18:26 Shop Team <help@shop.test> пише:",
    "Den tis 2 apr. 2024 kl 18:26 skrev Shop Team <help@shop.test>:",
    "tir. 2. apr. 2024 kl. 18:26 skrev Shop Team <help@shop.test>:",
    "Den tirs. 2. apr. 2024 kl. 18.26 skrev Shop Team <help@shop.test>:",
    "ti 2. huhtik. 2024 klo 18.26 Shop Team (help@shop.test) kirjoitti:",
    "út 2. 4. 2024 v 18:26 odesílatel Shop Team <help@shop.test> napsal:",
    "Dne 2. 4. 2024 v 18:26 Shop Team napsal(a):",
    "ut 2. 4. 2024 o 18:26 Shop Team <help@shop.test> napísal(a):",
    "Shop Team <help@shop.test>, 2 Nis 2024 Sal, 18:26 tarihinde\nşunu yazdı:",
    "Shop Team <help@shop.test> 于2024年4月2日周二 18:26写道：",
    "在 2024年4月2日，下午6:26，Shop Team <help@shop.test> 写道：",
    "Shop Team <help@shop.test> 於 2024年4月2日 週二 下午6:26寫道：",
    "2024年4月2日(火) 18:26 Shop Team <help@shop.test>:",
    "2024/04/02 18:26、Shop Team <help@shop.test>のメール:",
    "2024년 4월 2일 (화) 오후 6:26, Shop Team <help@shop.test>님이 작성:",
    "Shop Team <help@shop.test> ezt írta (időpont: 2024. ápr. 2., K, 18:26):",
    "mar., 2 apr. 2024 la 18:26, Shop Team <help@shop.test> a scris:",
    "Στις Τρί 2 Απρ 2024 στις 6:26 μ.μ., ο χρήστης Shop Team <help@shop.test> έγραψε:",
    "На вт, 2.04.2024 г. в 18:26 Shop Team <help@shop.test> написа:",
    "V V tor., 2. apr. 2024 ob 18:26 je oseba Shop Team <help@shop.test> napisala:",
    "uto, 2. tra 2024. u 18:26 Shop Team <help@shop.test> napisao je:",
    "El dt., 2 d'abr. 2024, 18:26, Shop Team <help@shop.test> va escriure:",
    "Vào Th 3, 2 thg 4, 2024 vào lúc 18:26 Shop Team <help@shop.test> đã viết:",
    "Pada Sel, 2 Apr 2024 pukul 18.26 Shop Team <help@shop.test> menulis:",
    "\u202bבתאריך יום ג׳, 2 באפר׳ 2024 ב-18:26 מאת \u202aShop Team\u202c\u200f "
    "<\u202ahelp@shop.test\u202c\u200f>:\u202c",
    "Quoting Shop Team <help@shop.test>:",
    "Zitat von Shop Team <help@shop.test>:",
    '11:00 AM, November 17, 2024, "Shop - Team" <help@shop.test>:',
    "2024-04-02 18:26 GMT+02:00 Shop Team <help@shop.test>:",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_the_line_over_a_quotation_goes_with_it(attribution: str) -> None:
    quoted = "> Which colour?\n>\n> Your shop"
    assert said(f"{NEW}\n\n{attribution}\n\n{quoted}\n", "") == NEW
    assert said(f"{NEW}\n{attribution}\n{quoted}\n", "") == NEW
    assert said(f"{attribution}\n{quoted}\n\n{NEW}", "") == NEW


@pytest.mark.parametrize(
    "attribution", [said for said in ATTRIBUTIONS if not said.startswith(("Quot", "Zit"))]
)
def test_it_heads_an_older_mail_that_no_sign_marks(attribution: str) -> None:
    assert said(f"{NEW}\n\n{attribution}\n\nWhich colour?\n\nYour shop\n", "") == NEW


HEADERS = [
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("De", "Enviado el", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("De", "Enviada em", "Para", "Assunto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Від", "Надіслано", "Кому", "Тема"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("Od", "Odesláno", "Komu", "Předmět"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("发件人", "发送时间", "收件人", "主题"),
    ("寄件者", "寄件日期", "收件者", "主旨"),
    ("差出人", "送信日時", "宛先", "件名"),
    ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    ("De la", "Trimis", "Către", "Subiect"),
    ("Από", "Στάλθηκε", "Προς", "Θέμα"),
]
VALUES = ("Shop Team <help@shop.test>", "2. 4. 2024 18:26", "Ada", "Your order")


@pytest.mark.parametrize("names", HEADERS, ids=lambda names: names[0] + names[1])
@pytest.mark.parametrize("form", ["{}: {}", "*{}:* {}", "**{}:** {}", "{} : {}", "   {}: {}", "{}：{}"])
def test_the_headers_of_an_older_mail_end_the_words(names: tuple[str, ...], form: str) -> None:
    block = "\n".join(form.format(name, value) for name, value in zip(names, VALUES, strict=True))
    for rule in ("", "________________________________\n", "-----\n"):
        assert said(f"{NEW}\n\n{rule}{block}\n\nWhich colour?\n\nYour shop\n", "") == NEW


@pytest.mark.parametrize(
    "rule",
    [
        "-----Original Message-----",
        "-------- Original message --------",
        "-----Ursprüngliche Nachricht-----",
        "-------- Weitergeleitete Nachricht --------",
        "-----Message d'origine-----",
        "---------- Message transféré ----------",
        "-----Mensaje original-----",
        "-----Messaggio originale-----",
        "-----Mensagem original-----",
        "-----Oorspronkelijk bericht-----",
        "-----Oryginalna wiadomość-----",
        "-------- Исходное сообщение --------",
        "-------- Пересылаемое сообщение --------",
        "-----Ursprungligt meddelande-----",
        "-----Opprinnelig melding-----",
        "-----Oprindelig meddelelse-----",
        "-----Alkuperäinen viesti-----",
        "______________ Původní zpráva ______________",
        "-----Orijinal Mesaj-----",
        "------------------ 原始邮件 ------------------",
        "-----元のメッセージ-----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "Anfang der weitergeleiteten Nachricht:",
        "Début du message réexpédié :",
        "On Mon, May 5, 2020 at 10:00 AM Shop <help@shop.test> wrote: which colour?",
        ">>> Shop <help@shop.test> 05.05.2020 10:00 >>>",
    ],
)
def test_a_rule_that_says_what_follows_ends_the_words(rule: str) -> None:
    assert said(f"{NEW}\n\n{rule}\nSomething older.\n", "") == NEW


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Sent from my Verizon, Samsung Galaxy smartphone"[:17] + "Samsung Galaxy smartphone",
        ["Sent via the Samsung Galaxy S9", " an AT&T 5G smartphone"][0],
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent from Yahoo Mail on Android",
        "Sent from Mail for Windows",
        "Sent with Proton Mail secure email.",
        "Von meinem iPhone gesendet",
        "Von meinem Samsung Galaxy Smartphone gesendet.",
        "Gesendet von Mail für Windows",
        "Gesendet mit der GMX Mail App",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
        "Envoyé de mon iPhone",
        "Envoyé à partir de Outlook pour iOS",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Enviado do meu iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf mijn Samsung",
        "Wysłane z iPhone'a",
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail.ru",
        "Надіслано з iPhone",
        "Skickat från min iPhone",
        "Sendt fra min iPhone",
        "Lähetetty iPhonesta",
        "Odesláno z iPhonu",
        "iPhone'umdan gönderildi",
        "发自我的 iPhone",
        "從我的iPhone傳送",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
    ],
)
def test_what_a_telephone_adds_is_not_said(line: str) -> None:
    assert said(f"{NEW}\n\n{line}\n", "") == NEW
    assert said(f"{NEW}\n\n{line}\n\nOn Apr 2, 2024, Shop <help@shop.test> wrote:\n> Which?\n", "") == NEW


@pytest.mark.parametrize(
    ("words", "under"),
    [
        ("Yes.", "-- \nAda Lovelace\nAnalyst"),
        ("Yes.", "--\nAda\n+44 20 7946 0000"),
        ("Yes.", "_______________\nAda Lovelace\nwww.engines.test"),
        ("Ja, bitte.\n\nMit freundlichen Grüßen\nAda", "Analystin\nTel.: +49 30 123456\nwww.engines.test"),
        ("Yes.\n\nKind regards,\n\nAda", "Engines Ltd\nPhone: 020 7946 0000"),
        ("Oui.\n\nCordialement,\nAda", "Tél. : 01 23 45 67 89"),
        ("Yes.", "This e-mail and any files are confidential and intended solely for the addressee."),
        ("Ja.", "Diese E-Mail enthält vertrauliche Informationen."),
        ("Yes.", "Virus-free. www.avast.com"),
    ],
)
def test_what_stands_under_the_name_is_folded(words: str, under: str) -> None:
    assert said(f"{words}\n\n{under}\n", "") == words
    assert (
        said(f"{words}\n\n{under}\n\nOn Apr 2, 2024, Shop <help@shop.test> wrote:\n> Which?\n", "") == words
    )


@pytest.mark.parametrize(
    "words",
    [
        "Sent from my desk, is much easier then my mobile phone.",
        "On the other hand, I wrote it down in 2019.",
        "My old colleague wrote:\nwhat a shop. I agree.",
        "Please send it\nFrom: Berlin\nTo: Paris\nDate: 5 May",
        "The data comes From: our database, not From: external sources.",
        "I order:\n\n------\n2 chairs\n------\n\nThanks",
        "Item   Price\n----------------\nChair  20\n\nIs that right?",
        "Best regards\nAda\n\nP.S. My number is +44 20 7946 0000.",
        "Thanks\nAda\n\nCan you call me at +44 20 7946 0000?",
        "-- first point\n-- second point",
        "In my opinion:\n\n- one\n- two",
        "Ich schrieb am Montag: nichts kam.\n\nWarum?",
        "My address:\nAda Lovelace\n12 St James's Square, London",
        "It is 5 > 3, and\n3 < 5.",
    ],
)
def test_own_words_that_look_like_something_else_stay(words: str) -> None:
    assert said(words, "") == words


def test_answers_between_quotations_keep_them() -> None:
    text = "On 2 Apr 2024 Shop wrote:\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.\n\n> Your shop\n"
    assert said(text, "") == "> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge."


def test_a_mail_that_only_hands_on_another_says_that_other() -> None:
    forwarded = (
        "---------- Forwarded message ---------\nFrom: Shop <help@shop.test>"
        "\nDate: today\nSubject: x\n\nHello"
    )
    assert said(forwarded, "") == forwarded
    assert said("> all of it\n> is quoted", "") == "> all of it\n> is quoted"
    assert said("Sent from my iPhone", "") == "Sent from my iPhone"
    assert said("--\nAda", "") == "--\nAda"
    assert read(mail(forwarded)).said == ""


def page(quotation: str) -> str:
    return (
        f"<html><body><div>Thank you, the blue one.</div><div><br></div><div>Ada</div>"
        f"{quotation}</body></html>"
    )


OLDER = "<div>Which colour?</div><div>Your shop</div>"


@pytest.mark.parametrize(
    "quotation",
    [
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Ekki þekkt tungumál 2024<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{OLDER}</blockquote></div>',
        f'<div class="gmail_quote"><div class="gmail_attr">Áframsent<br>Frá: Shop</div><br>{OLDER}</div>',
        f'<div id="appendonsend"></div><hr tabindex="-1" style="width:98%"><div id="divRplyFwdMsg">'
        f"<b>Frá:</b> Shop<br><b>Sent:</b> gær</div>{OLDER}",
        f'<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>'
        f"Frá:</b> Shop</p></div>{OLDER}",
        f'<div class="moz-cite-prefix">Þann 2.4.2024 skrifaði Shop:<br></div>'
        f'<blockquote type="cite" cite="mid:x">{OLDER}</blockquote>',
        f'<div><blockquote type="cite"><div>'
        f"On 2. Apr 2024, at 18:26, Shop &lt;help@shop.test&gt; wrote:</div>{OLDER}</blockquote></div>",
        f'<div id="yahoo_quoted_0123" class="yahoo_quoted"><div>Þriðjudagur, Shop:</div>{OLDER}</div>',
        f'<div class="protonmail_quote">'
        f"On Tuesday, April 2nd, 2024 at 18:26, Shop &lt;help@shop.test&gt; wrote:<br>"
        f'<blockquote class="protonmail_quote" type="cite">{OLDER}</blockquote></div>',
        f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>Frá: </b>'
        f"Shop</div>{OLDER}",
        f'<div name="quote" style="margin:10px; border-left:2px solid #C3D9E5;"><div><b>'
        f"Gesendet:</b> x<br></div>{OLDER}</div>",
        f'<hr id="stopSpelling">Frá: Shop<br>{OLDER}',
        f'<span id="OLK_SRC_BODY_SECTION"><div>Frá: Shop</div>{OLDER}</span>',
        f'<div name="messageReplySection">Þann 2024 skrifaði Shop:<blockquote type="cite">'
        f"{OLDER}</blockquote></div>",
        f'<p>02.04.2024, 18:26, "Shop" &lt;help@shop.test&gt;:</p><blockquote>{OLDER}</blockquote>',
        f'<br><div class="gmail_signature" data-smartmail="gmail_signature">Ada Lovelace<br>'
        f"Analyst</div><br>"
        f'<div class="gmail_quote"><blockquote class="gmail_quote">{OLDER}</blockquote></div>',
        f'<p id="reply-intro">Þann 2024 skrifaði Shop:</p><blockquote type="cite">{OLDER}</blockquote>',
        f"<div>-----Original Message-----<br>From: Shop &lt;help@shop.test&gt;<br>Sent: x<br>"
        f"Subject: y</div>{OLDER}",
        f'<div class="moz-forward-container">-------- Áframsent --------<table><tr><th>Efni:</th>'
        f"</tr></table>{OLDER}</div>",
    ],
)
def test_what_a_program_marks_in_html_is_believed_in_any_language(quotation: str) -> None:
    html = page(quotation)
    assert said(text_of(html), html) == NEW


def test_answers_between_quotations_in_html() -> None:
    html = page(
        '<div class="gmail_quote"><div class="gmail_attr">On x wrote:</div>'
        '<blockquote class="gmail_quote">Colour?</blockquote>'
        '<div>Blue.</div><blockquote class="gmail_quote">Size?</blockquote><div>Large.</div>'
        '<blockquote class="gmail_quote">Bye</blockquote></div>'
    )
    assert said(text_of(html), html).split("\n\n")[2:] == ["> Colour?", "Blue.", "> Size?", "Large."]


def test_an_indented_paragraph_is_no_quotation() -> None:
    html = (
        '<p>As I said:</p><blockquote style="margin:0 0 0 40px;border:none;padding:0px">'
        "I want blue.</blockquote>"
    )
    assert said(text_of(html), html) == "As I said:\n\nI want blue."


def test_the_signal_has_it_only_where_it_differs() -> None:
    assert read(mail("Hello\r\n")).said == ""
    signal = read(mail("Hello\r\n\r\n> Which?\r\n"))
    assert (signal.said, signal.text) == ("Hello", "Hello\n\n> Which?")


TEXT_PIECES = "On 1 May 2024|wrote:|> |\n|\n\n|-- |----|From: a@b|Sent: x|Hi|_____|>:"
HTML_PIECES = '<blockquote>@</blockquote>@<div class="gmail_attr">@</div>@<hr tabindex="-1">@\ue002\ue002'
PIECES = st.sampled_from([*TEXT_PIECES.split("|"), *HTML_PIECES.split("@")])


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map("".join))
def test_never_nothing_of_something(text: str, html: str) -> None:
    words = said(text, html)
    assert bool(words.strip()) >= bool(text.strip())


HOSTILE = [
    "On 1 May 2024 ",
    "On 1 May 2024, Ada <ada@shop.test> wrote:\n",
    "On 1 May 2024, Ada\n<ada@shop.test>\n",
    "From: ada@shop.test\n",
    "From: x\n\n",
    "> > ",
    ">" * 70 + "\nx\n",
    "--\n",
    "--\nx\n",
    "----\n\nx\n",
    "Sent from my ",
    "Kind regards\nAda\n+44 20 7946 0000\n",
    "This message is confidential\n\n",
    ":",
    "wrote:",
    "\u202a",
]
HOSTILE_HTML = [
    "<blockquote>",
    "<blockquote type=cite>x",
    '<div class="gmail_attr">',
    "<hr tabindex=-1 ",
    '<div class="',
    "<div style='border-top:solid ",
    "</blockquote>",
]


@pytest.mark.soak
@pytest.mark.parametrize("piece", [*HOSTILE, *HOSTILE_HTML])
def test_twice_as_much_takes_no_more_than_twice_as_long(piece: str) -> None:
    took = [stripping(piece * (count // len(piece))) for count in (100_000, 200_000, 400_000)]
    assert took[2] < max(took[0], 0.02) * 10


def stripping(text: str) -> float:
    """Seconds, the best of three, for the same as text and as HTML."""
    times = []
    for _ in range(3):
        started = time.process_time()
        said(text, f"<blockquote>{text}")
        times.append(time.process_time() - started)
    return min(times)
