"""Signatures, what telephones add, and disclaimers: where the person's own words end."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import itemgetter

from doorstep.channels.email.beginnings import cased, ways
from doorstep.channels.email.quotes_text import RULES, is_rule

MOST_SIGNATURE = 15
"""Lines with words under a rule that still are a signature, and not a further chapter."""
LONGEST_DEVICE = 400
"""Characters of a line that a telephone adds, addresses in it counted."""
LOOKED_AT = 20
"""Lines from the end on in which a closing is looked for."""


class _Begun:
    """A pattern of many beginnings, each of three plain letters at least: most lines have none of them.

    Only of ways that begin in ASCII are there `letters`; where others may begin the pattern itself is asked.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self.letters = frozenset(way[:3] for way in ways(pattern) if way[:3].isascii())

    def may_begin(self, words: str) -> bool:
        letters = words[:3]
        return letters.lower() in self.letters or not letters.isascii()

    def begins(self, words: str) -> bool:
        return self.may_begin(words) and self._pattern.match(words) is not None


_SHORT = ("--", "—", "–", "- -", "__")
_SENT = r"sent (?:from|via|with|using|by) (?:my|the|an?\b|[A-Z0-9✉]|<?https?:|yahoo|e?mail)"
_DEVICE = _Begun(
    rf"this (?:e-?mail|message) was {_SENT}|{_SENT}"
    r"|get outlook for|download outlook|get bluemail|get \[?outlook|outlook (?:für|for|pour|para|per"
    r"|voor|til) "
    r"|von (?:meinem|meiner|mein|mobil|unterwegs|\w{3,12}).{0,40}\bgesendet"
    r"|diese \S{4,12} wurde (?:von|mit) .{2,40}\bgesendet|von .{2,40}\bgesendet|mit .{2,40}\bgesendet"
    r"|gesendet (?:von|mit|über|vom|aus)\b|holen sie sich outlook|laden sie outlook"
    r"|envoyé (?:de|depuis|à partir|avec|via|d['’]un)|obtene[zr] outlook|obtenir outlook"
    r"|télécharge[rz] outlook"
    r"|enviado (?:desde|do|da|de|a partir|pelo|através|con|com|via)\b|enviada (?:do|da|pelo|desde)\b"
    r"|obtener outlook|obter o? ?outlook"
    r"|descarga(?:r)? outlook|inviato (?:da|dal|dalla|tramite|con)\b|scarica outlook|ottieni outlook"
    r"|verzonden (?:vanaf|met|vanuit|via)|verstuurd (?:vanaf|met|vanuit|via)|outlook voor"
    r"|download outlook voor"
    r"|wysłan[eoy] (?:z|ze|za|przy)\b|pobierz (?:program )?outlook|отправлено (?:с|из|через)\b"
    r"|загрузи(?:те|ть) outlook"
    r"|скача(?:йте|ть) outlook|надіслано (?:з|із|зі|через)\b|відправлено (?:з|із|зі)\b|завантаж(?:те"
    r"|ити) outlook"
    r"|skickat (?:från|med|via)|hämta outlook|sendt (?:fra|med|via)|hent outlook|skaff(?:e)? outlook"
    r"|få outlook"
    r"|lähetetty (?:\S+sta|\S+stä|\S+lla|\S+llä|\S+ltä|\S+lta|laitteesta|puhelimesta)|hanki outlook"
    r"|odesláno (?:z|ze|pomocí)\b|získat outlook|odoslané (?:z|zo)\b|küldve|trimis de pe|trimis din"
    r"|στάλθηκε από|εστάλη από"
    r"|изпратено от|poslano (?:s|z|iz|sa)\b|poslato (?:s|sa)\b|enviat des de|发自|發自|从我的|從我的"
    r"|来自|傳送自"
    r"|нужно ли это|saadetud minu|išsiųsta iš|nosūtīts no|נשלח מ|أرسل من|تم الإرسال من|đã gửi từ"
    r"|dikirim dari"
)
_DEVICE_LAST = re.compile(
    r"\bgesendet|gönderildi|から送信|より送信|에서 보냄|에서 발송|küldve|küldtem|傳送|发送|發送"
    r"|送信しました|lähetetty",
    re.IGNORECASE,
)
_DEVICE_NAME = re.compile(
    r"iphone|ipad|ipod|android|samsung|galaxy|huawei|xiaomi|nokia|blackberry|outlook|windows|yahoo"
    r"|gmail|mobil|handy"
    r"|tele(?:fon|fono|phone|foon)|smartphone|smartfon|nexus|pixel|motorola|sony|htc|lg\b|oneplus"
    r"|proton|tablet|gmx|web\.de"
    r"|mail|app\b|bluemail|spark|k-9|aqua|phone|телефон|айфон|устройств|appareil|dispositivo|gerät"
    r"|puhelin|携帯|手机|手機",
    re.IGNORECASE,
)
_LINK = re.compile(r"<[^<>]{0,300}>|\[[^\[\]]{0,300}\]|\((?:https?:)[^()]{0,300}\)|https?://\S{1,300}")
_CLOSINGS = (
    "regards|best regards|kind regards|kindest regards|warm regards|many thanks|thanks|thank you"
    "|thanks and regards"
    "|thanks & regards|best|best wishes|all the best|cheers|sincerely|yours|yours sincerely"
    "|yours faithfully|yours truly"
    "|sincerely yours|respectfully|with best regards|with kind regards|rgds|br|kr|thx|thanks in advance"
    "|take care"
    "|mit freundlichen grüßen|mit freundlichen gruessen|mit freundlichem gruß|mit freundlichem gruss"
    "|freundliche grüße|freundliche grüsse|beste grüße|beste grüsse|viele grüße|viele grüsse"
    "|viele gruesse|liebe grüße|liebe grüsse"
    "|schöne grüße|herzliche grüße|herzliche grüsse|mit besten grüßen|mit besten grüssen"
    "|mit freundlichen grüssen|mfg|lg|vg|gruß|gruss|grüße"
    "|grüsse|danke|vielen dank|hochachtungsvoll|cordialement|bien cordialement|cordialement vôtre"
    "|bien à vous|sincères salutations"
    "|salutations|salutations distinguées|meilleures salutations|merci|merci d'avance|merci par avance"
    "|bonne journée|amicalement|cdlt|cdt"
    "|saludos|un saludo|saludos cordiales|atentamente|cordialmente|muchas gracias|gracias"
    "|un cordial saludo|atte|cordiali saluti"
    "|distinti saluti|saluti|un saluto|grazie|grazie mille|buona giornata|atenciosamente|cumprimentos"
    "|com os melhores cumprimentos|obrigado|obrigada"
    "|abraço|abraços|grato|att|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet"
    "|vriendelijke groeten|groeten|groet|mvg"
    "|bedankt|z poważaniem|pozdrawiam|z wyrazami szacunku|dziękuję|z pozdrowieniami|с уважением|спасибо"
    "|всего доброго|с наилучшими пожеланиями"
    "|з повагою|дякую|з найкращими побажаннями|med vänliga hälsningar|vänliga hälsningar"
    "|med vänlig hälsning|hälsningar|mvh|tack|tack på förhand|bästa hälsningar"
    "|med vennlig hilsen|vennlig hilsen|hilsen|takk|med venlig hilsen|venlig hilsen|de bedste hilsner"
    "|bedste hilsner|tak|mange tak|vh"
    "|ystävällisin terveisin|terveisin|parhain terveisin|kiitos|t\\.|s pozdravem|s přátelským pozdravem"
    "|děkuji|díky|s úctou|s pozdravom|ďakujem"
    "|saygılarımla|saygılar|iyi çalışmalar|teşekkürler|teşekkür ederim|iyi günler|此致|谢谢|謝謝|祝好"
    "|顺颂商祺|敬具|よろしくお願いします"
    "|よろしくお願いいたします|どうぞよろしくお願いいたします|以上|감사합니다|üdvözlettel|köszönettel"
    "|tisztelettel|cu stimă|mulțumesc|με εκτίμηση|ευχαριστώ"
)
CLOSINGS = frozenset(_CLOSINGS.replace("\\.", ".").split("|"))
_CONTACT = re.compile(
    r"(?:^|[|•·,/ ])(?:tele?(?:fon|phone|f|foon|fono|fax)?|tél(?:éphone)?|phone|mobile?|mob|cell?|handy"
    r"|fax|m|t|p|f|d|e|w"
    r"|office|direct|e-?mail|web|website|internet|www|тел|моб|puh|gsm|skype|whatsapp|☎|📞|📱"
    r"|📧)\.?\s?[.:：]\s?[\w+(\d]"
    r"|\+\d{1,3}[ \d()./-]{6,20}\d|^\(?0\d{1,5}\)?[ /-]{1,3}\d[\d /-]{3,14}$"
    r"|^\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}$"
    r"|^<?[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}>?$|^(?:https?://|www\.)\S{3,200}$"
    r"|\bwww\.\w{2,60}\.\w{2,10}\b"
    r"|(?<!\w)(?:gmbh|inc\.|ltd\.?|s\.r\.l|s\.a\.|b\.v\.|sp\. z o\.o|oy|aps|a/s)(?!\w)",
    re.IGNORECASE,
)
_NOTICE = _Begun(
    r"this|the (?:information|contents?)|dies|die (?:in|information)|der inhalt|ce (?:message"
    r"|courriel|mail)|cet e-?mail|este|esta"
    r"|questo|questa|il (?:presente|contenuto)|la presente|le informazioni|dit|de (?:informatie|inhoud)"
    r"|confidential|disclaimer|vertraulich"
    r"|avis de conf|avvertenz|aviso|niniejsz|ta wiadomość|это (?:сообщение|письмо)|данное (?:сообщение"
    r"|письмо)|detta|denne|tämä|tento"
    r"|informasjonen|informationen|bu (?:e-?posta|mesaj)|important notice|legal notice|privileged"
    r"|wichtiger hinweis|hinweis:|notice:|本邮件|本電子郵件|このメール"
)
_SECRET = (
    *("confident", "vertraulich", "unintended", "intended only", "intended solely", "intended for"),
    *("riservat", "confidenzial", "confidencial", "vertrouwelijk", "poufn", "конфиденц", "конфіденц"),
    *("konfident", "luottamuksell", "důvěrn", "dôvern", "gizli", "fortrolig", "保密", "機密", "privileged"),
    *("geschützte informationen", "ausschließlich für", "unauthorized", "destinataire"),
)
_PRINTED = r"(?:before|of|the).{0,40}(?:print|environment)"
_SCANNED = _Begun(
    r"virus-?free\.|virenfrei\.|garanti sans virus|libre de virus|privo di virus|virusvrij|без вирусов"
    r"|this email has been (?:checked|scanned)"
    r"|diese e-mail wurde von avast|l'absence de virus"
    rf"|think {_PRINTED}|consider {_PRINTED}"
    rf"|please (?:think|consider) {_PRINTED}|bitte (?:think|consider) {_PRINTED}"
    r"|denken sie an die umwelt|pensez à l'environnement|unsubscribe from this"
    r"|to unsubscribe from this (?:group|list)"
    r"|you received this message because you are subscribed"
)

BEGINNINGS = (_DEVICE.letters, _NOTICE.letters, _SCANNED.letters)
"""The first three letters of all that is looked for at the beginning of a line."""
_HEADS = cased(_DEVICE.letters) | {"htt"}
_AROUND = frozenset("-*_.~\"'()<[")
"""What may stand before such letters: a link, which does not count, and signs."""
_FOOTS = cased(_NOTICE.letters | _SCANNED.letters)
_BEFORE_NOTICES = "*_ -—>[(\"'"
_WORDLESS = RULES | {""}
"""How lines begin that are blank, or drawn with signs."""
_FIRST, _FIRST_THREE = itemgetter(slice(1)), itemgetter(slice(3))


def device_lines(rows: list[str], text: str) -> set[int]:
    """Where a telephone added its line: beside a blank one, at the beginning or at the end.

    `text`: what they are lines of. Of the verbs that stand last "gesendet" alone is written in ASCII.
    """
    if text.isascii() and "gesendet" not in text.lower():
        heads = enumerate(map(_FIRST_THREE, rows))
        likely = [at for at, head in heads if head in _HEADS or head[:1] in _AROUND]
    else:
        likely = [at for at, row in enumerate(rows) if 6 <= len(row) <= LONGEST_DEVICE]
    return {at for at in likely if _is_apart(rows, at) and is_device(rows[at])}


def _is_apart(rows: list[str], at: int) -> bool:
    return at == 0 or at + 1 == len(rows) or not (rows[at - 1] and rows[at + 1])


def is_device(row: str) -> bool:
    """Whether a line is what a telephone or a program adds: "Sent from my …"."""
    if not 6 <= len(row) <= LONGEST_DEVICE:
        return False
    if "http" in row or "<" in row or "[" in row or "(" in row:
        row = _LINK.sub("", row)
    words = row.strip(" -*_.~\"'()")
    if not _DEVICE.may_begin(words) and words.isascii() and "gesendet" not in words.lower():
        return False
    if len(words) > 90 or words.count(" ") > 11 or ", " in words or words.endswith((":", "?")):
        return False
    if _DEVICE.begins(words):
        return True
    return _DEVICE_LAST.search(words) is not None and _DEVICE_NAME.search(words) is not None


def end_of_words(rows: list[str]) -> int:
    """How many of these lines are the person's own, what stands under their name left out. Never none."""
    drawn, wordless = [], []
    for at in [at for at, first in enumerate(map(_FIRST, rows)) if first in _WORDLESS]:
        row = rows[at]
        if not row or is_rule(row):
            wordless.append(at)
        if row and (row in _SHORT or wordless[-1:] == [at]):
            drawn.append(at)
    end = _before_rule(rows, drawn, wordless) if drawn else len(rows)
    end = _before_notice(rows, wordless, end)
    return _before_contact(rows, end)


def _before_rule(rows: list[str], drawn: list[int], wordless: list[int]) -> int:
    """Above the first rule that has only a signature under it."""
    long = [at for at in drawn if rows[at] not in _SHORT]
    is_drawing = any(any(rows[one + 1 : other]) for one, other in pairwise(long))
    for at in drawn:
        short = rows[at] in _SHORT
        if not short and (is_drawing or at not in long[:1] or not _stands_alone(rows, at)):
            continue
        above, below = bisect_left(wordless, at), len(wordless) - bisect_right(wordless, at)
        if at > above and len(rows) - at - 1 - below <= MOST_SIGNATURE * (2 if short else 1):
            return at
    return len(rows)


def _stands_alone(rows: list[str], at: int) -> bool:
    """Whether a rule is no underlining: nothing stands right above it, or nothing under."""
    return not rows[at - 1] or at + 1 == len(rows) or rows[at][0] == "_"


def _before_notice(rows: list[str], wordless: list[int], end: int) -> int:
    """Above a paragraph that says how secret all this is, or that a scanner was here."""
    for at in [at + 1 for at in wordless if at + 1 < end and _may_be_notice(rows[at + 1])]:
        begun = rows[at].lstrip(_BEFORE_NOTICES)
        if _SCANNED.begins(begun):
            return at
        if _NOTICE.begins(begun) and _is_secret(rows[at : at + 6]):
            return at
    return end


def _may_be_notice(row: str) -> bool:
    """A quick look."""
    head = row[:3]
    return len(row) >= 10 and (head in _FOOTS or head[0] in _BEFORE_NOTICES or not head.isascii())


def _is_secret(rows: list[str]) -> bool:
    words = " ".join([row[:200] for row in rows]).lower()
    return any(sign in words for sign in _SECRET)


def _before_contact(rows: list[str], end: int) -> int:
    """Under a closing and a name: telephone, web, company. Closing and name stay."""
    named = _closing(rows, end)
    if not named:
        return end
    under = [at for at in range(named, end) if rows[at]]
    if any(len(rows[at]) > 90 or rows[at].endswith("?") or _is_afterthought(rows[at]) for at in under[1:]):
        return end
    first = next((at for at in under[1:] if _CONTACT.search(rows[at])), 0)
    return under[1] if first else end


def _closing(rows: list[str], end: int) -> int:
    """The line after the last closing; 0 when there is none."""
    first = max(0, end - LOOKED_AT) + 1
    words = [row.strip(" ,.!*_-").lower() if len(row) <= 50 else row for row in rows[first:end]]
    if CLOSINGS.isdisjoint(words):
        return 0
    return first + max(at for at, row in enumerate(words) if row in CLOSINGS) + 1


def _is_afterthought(row: str) -> bool:
    return row[:4].lower().startswith(("ps", "p.s", "p.s.", "nb:"))
