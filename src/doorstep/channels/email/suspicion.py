"""Why a mail is taken for unwanted: our own server's verdict, and a few rules that fit in a sentence.

No single word decides, and a mail with a token of ours is judged by our server alone. What an inbox learns of
its own mails is not here.
"""

import re

import msgspec

from doorstep.channels.email.headers import Headers
from doorstep.kernel import Address, Attachment, Inbox, Kind, Signal

AUTO = "auto"
ENOUGH_STARS = 10
ENOUGH_SCL = 5
ENOUGH_PHRASES = 3
MOST_READ = 10_000
"""Characters of a text that rules look at."""

_VERDICTS = (
    ("x-spam-flag", r"\s*(?:yes|true)\b"),
    ("x-spam-status", r"\s*yes\b"),
    ("x-spam", r"\s*(?:yes|true)\b"),
    ("x-spam-level", rf"\s*\*{{{ENOUGH_STARS}}}"),
    ("x-rspamd-action", r"\s*(?:reject|add header|rewrite subject|quarantine)\b"),
    ("x-spamd-result", r"[^:]{0,40}:\s*true\b"),
    ("x-ms-exchange-organization-scl", rf"\s*[{ENOUGH_SCL}-9]\s*$"),
    (
        "x-forefront-antispam-report",
        r"(?:.*;)?\s*(?:SFV:(?:SPM|SKB)|CAT:(?:SPM|HSPM|PHSH|HPHSH|HPHISH|MALW|SPOOF))\b",
    ),
    ("x-barracuda-spam-flag", r"\s*yes\b"),
    ("x-barracuda-spam-status", r"\s*yes\b"),
    ("x-amavis-alert", r"\s*infected\b"),
    ("x-virus-status", r"\s*(?:infected|yes)\b"),
)
_SAYS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _VERDICTS}

_PROGRAM = r"exe|scr|pif|com|bat|cmd|vbs|vbe|jse?|wsf|hta|lnk|jar|ps1|msi|cpl|reg"
_DISGUISED = re.compile(
    rf"\.(?:pdf|docx?|xlsx?|pptx?|rtf|txt|jpe?g|png|gif|bmp|zip|html?|mp3|avi|csv)[\s_.]*\.(?:{_PROGRAM})$",
    re.IGNORECASE,
)
_NEVER_SENT = re.compile(r"\.(?:scr|pif|vbs|vbe|jse|wsf|hta|lnk|cpl)$", re.IGNORECASE)

_MONEY = re.compile(
    r"\b(?:"
    r"next of kin|million (?:us |united states )?dollars|\d\s?million|us\$\s?\d|inheritance|beneficiary"
    r"|lottery|fund transfer"
    r"|transfer of (?:the |this )?(?:sum|fund|money)|strictest confiden|foreign (?:partner|account)"
    r"|bank of (?:nigeria|africa)"
    r"|late (?:president|general|husband|father)|erbschaft|héritage|herencia"
    r")"
)
_RICHES = (
    *("million", "us$", "transfer", "inheritance", "beneficiary", "lottery", "bank of", "next of kin"),
    *("strictest", "foreign ", "late ", "erbschaft", "héritage", "herencia"),
)
"""What those have in them: a quick look, before the slow one."""
_ACCOUNT = re.compile(
    r"\b(?:"
    r"verify your (?:account|identity|information)|account (?:has been |was |is )?(?:suspended|limited"
    r"|locked)"
    r"|unusual (?:activity|sign)|confirm your (?:account|password|identity)|update your (?:payment|billing)"
    r"|konto (?:wurde |ist )?(?:gesperrt|eingeschränkt)|bestätigen sie ihr(?:e|en)? (?:konto|identität|daten)"
    r"|votre compte (?:a été |est )?(?:suspendu|limité|bloqué)|su cuenta ha sido"
    r")"
)
_EXTORTION = re.compile(
    r"\b(?:"
    r"bitcoin|btc\b|your (?:device|computer|account) (?:was|has been|is) (?:hacked|infected)"
    r"|i (?:hacked|have hacked)"
    r"|recorded you|your password is"
    r")"
)
_BRANDS = re.compile(
    r"\b(?:"
    r"paypal|amazon|apple|microsoft|netflix|dhl|fedex|postbank|sparkasse|visa|mastercard|ebay|docusign|klarna"
    r")"
)
_PHRASES = re.compile(
    r"\b(?:"
    r"(?P<a>this (?:is not|e?-?mail is not) (?:a )?spam|not unsolicited|never send unsolicited"
    r"|bulk e-?mail|opt(?:ed)?[- ]?in list)"
    r"|(?P<b>to be removed|removed from (?:our|this|the|any)|remove (?:me|yourself)"
    r"|remove\W{1,3}in the subject)"
    r"|(?P<c>work (?:at|from) home|home[- ]based business|be your own boss|financial freedom"
    r"|extra income|make money|earn \$)"
    r"|(?P<d>no obligation|money[- ]back guarantee|risk[- ]free|100% (?:free|guaranteed|satisf)"
    r"|absolutely free|act now|limited time)"
    r"|(?P<e>viagra|cialis|weight loss|lose weight|lose \d+ (?:pounds|lbs)|penis|enlarge|human growth"
    r"|anti-?aging)"
    r"|(?P<f>mortgage|refinanc|lowest (?:interest )?rates?|debt consolidation|credit card debt"
    r"|life insurance)"
    r"|(?P<g>click here|click below|visit our (?:web)?site|order (?:now|today)|call (?:now"
    r"|toll[- ]free)|toll[- ]free)"
    r"|(?P<h>section 301|s\. ?1618|title iii|multi-?level|chain letter|pyramid)"
    r"|(?P<i>million (?:e-?mail|address)|e-?mail addresses on cd|targeted e-?mail|harvest)"
    r"|(?P<j>xxx|hot (?:teen|girls|sex)|porn|adult (?:site|content|entertainment)|casino|gambling)"
    r")"
)
_HINTS = re.compile(
    rb" (?=(t(?:his (?:is|e|m)|o be r|itle i|oll|argeted)|n(?:ot un|ever s|o ob)|o(?:pt|rder (?:n|t))"
    rb"|b(?:ulk e|e your)|r(?:emov|isk|efin)|m(?:ake m|oney|ort|ulti|illion (?:e|a))|w(?:ork (?:a|f)|eight)"
    rb"|h(?:ome|uman|ot |arv)|financ|e(?:xtra|arn|nlar| ?mail add)|a(?:bsol|ct n|nti ?a|dult)"
    rb"|l(?:imited|ose |owest|ife i)|v(?:iagra|isit o)|c(?:ialis|lick (?:h|b)|all (?:n|t)|redit|hain|asino)"
    rb"|p(?:enis|orn|yramid)|debt|gambl|s(?:ection 3|  ?1)|xxx|100 ))"
)
"""How these phrases begin, no two kinds alike: with fewer beginnings there are not enough kinds."""
_SPACED = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
"""Signs as spaces, so that a word begins behind a space."""
_LABEL = re.compile(r"\W{0,3}adv\s?[:.]", re.IGNORECASE)
_TAIL = re.compile(rb"\S\s{6,}[\[(]?[\w.-]{3,30}[\])]?$")


class _Chosen(msgspec.Struct, frozen=True):
    spam_header: str = AUTO


def suspicion(headers: Headers, inbox: Inbox, signal: Signal) -> str:
    """The reason in words; empty when there is none. `signal` is what else is known of the mail."""
    return verdict(headers, _chosen(inbox)) or ruled(headers, inbox, signal)


def verdict(headers: Headers, chosen: str) -> str:
    """What our own server found. `auto`: by a header above all Received; else by the one named, or `off`.

    Nobody but the last server could write above them. Without any Received all was written by the sender.
    """
    if _SAYS.keys().isdisjoint(headers.names):
        return ""
    if chosen == AUTO:
        believed = list(headers.above("received")) if headers.has("received") else []
    else:
        name = chosen.lower()
        believed = [(name, headers.said(name))] if headers.has(name) else []
    for name, value in believed:
        said = _SAYS.get(name)
        if said is not None and said.match(value[:2000]):
            return f"Our mail server takes it for spam ({name})."
    return ""


def ruled(headers: Headers, inbox: Inbox, signal: Signal) -> str:
    """What our rules say. One who has a token of ours is known, and a machine's notice is no offer."""
    if signal.token or signal.kind in (Kind.BOUNCE, Kind.AUTO_REPLY):
        return ""
    words = (signal.said or signal.text)[:MOST_READ].lower()
    return (
        _file(signal.attachments)
        or _forged(inbox, signal, words)
        or _lured(signal, words)
        or _advertised(headers, signal, words)
    )


def _chosen(inbox: Inbox) -> str:
    try:
        return msgspec.json.decode(inbox.settings or b"{}", type=_Chosen).spam_header
    except msgspec.MsgspecError:
        return AUTO


def _file(attachments: tuple[Attachment, ...]) -> str:
    for file in attachments:
        if _DISGUISED.search(file.name[-200:]):
            return f"The file “{file.name}” is a program that looks like a document."
        if _NEVER_SENT.search(file.name[-20:]):
            return f"The file “{file.name}” is of a kind that only harmful mails have."
    return ""


def _forged(inbox: Inbox, signal: Signal, words: str) -> str:
    """Our own address as the sender's, and a threat; a form on our site has the customer's Reply-To."""
    if signal.sender.value != inbox.address.lower() or signal.reply_to:
        return ""
    return "It says it is from our own address, and threatens." if _EXTORTION.search(words) else ""


def _lured(signal: Signal, words: str) -> str:
    domain = _domain(signal.sender)
    elsewhere = [address.value for address in signal.reply_to if _domain(address) != domain]
    if elsewhere and any(sign in words for sign in _RICHES) and len(set(_MONEY.findall(words))) >= 2:
        return f"It promises money, and answers would go to {elsewhere[0]}."
    brand = _BRANDS.search(signal.sender.name.lower())
    if brand and brand[0] not in domain and _ACCOUNT.search(words):
        return f"It calls itself {brand[0]}, comes from {domain}, and asks for an account."
    return ""


def _advertised(headers: Headers, signal: Signal, words: str) -> str:
    """A newsletter somebody may have ordered advertises, and is none of this."""
    if _LABEL.match(signal.subject):
        return "Its subject says that it is an advertisement."
    if _TAIL.search(headers.raw("subject")[:400]):
        return "Its subject ends in the random letters that mass mailers add."
    if signal.kind is Kind.LIST:
        return ""
    phrases = _phrases(words)
    if len(phrases) < ENOUGH_PHRASES:
        return ""
    return f"It reads like mass advertising: {', '.join(list(phrases.values())[:3])}."


def _phrases(words: str) -> dict[str | None, str]:
    """The phrases by their sort, looked for where one may begin; none when there cannot be enough of them."""
    spaced = f" {words}".encode("ascii", "replace").translate(_SPACED)
    if len(set(_HINTS.findall(spaced))) < ENOUGH_PHRASES:
        return {}
    found: dict[str | None, str] = {}
    end = 0
    for hint in _HINTS.finditer(spaced):
        if hint.start() >= end and (phrase := _PHRASES.match(words, hint.start())):
            found[phrase.lastgroup] = phrase[0]
            end = phrase.end()
    return found


def _domain(address: Address) -> str:
    return address.value.rpartition("@")[2].lower()
