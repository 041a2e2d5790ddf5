"""What mail programs write before a quotation, in their languages: facts, kept apart from the rules.

Gathered from what Gmail, Outlook, Apple Mail, Thunderbird, Yahoo, web mailers and telephones put there.
"""

import re

from doorstep.channels.email.beginnings import ways

VERBS = (
    "wrote|writes|schrieb|schreibt|geschrieben|a écrit|a ecrit|écrivait|escribió|escribio|ha escrito"
    "|ha scritto|scrisse|escreveu|schreef|geschreven|napisał(?:a|\\(a\\))?|pisze|pisał(?:a|\\(a\\))?"
    "|пишет|написал(?:а|\\(а\\))?|писал(?:а|\\(а\\))?|пише|написав(?:ла)?|написала|писав|skrev|skriver|skreiv"
    "|kirjoitti|napsal(?:a|\\(a\\))?|napísal(?:a|\\(a\\))?|yazdı|yazmış|写道|寫道|写到|寫到|のメール"
    "|書きました"
    "|작성|썼습니다|írta|a scris|έγραψε|написа|napisao(?: je)?|napisala(?: je)?|napisal(?:a)?|va escriure"
    "|ha escrit|đã viết|menulis|เขียนว่า|เขียน|כתב(?:ה)?|كتب|نوشت|kirjutas|rakstīja|rašė|escribiu"
    "|је написао"
)
BARE_VERBS = ("wrote", "écrit", "escribió", "schrieb", "scritto", "escreveu", "schreef", "пишет", "skrev")
"""Those that stand at the end of a line without a colon too."""
OPENERS = (
    "on|at|am|den|le|el|en|il|in data|in|em|no dia|op|w dniu|dnia|dne|dňa|în|pe|la|στις|στι|на|vào|pada"
    "|kuupäev"
    "|в|у|от|a|à|quoting|zitat von|citando|citat|selon|citation de|citazione|lainaus|quote from|message du"
)
JOINED_OPENERS = ("在", "于", "於", "بتاريخ", "في", "בתאריך", "ב-", "เมื่อ", "ในวันที่")

_FROM = (
    "from|von|de|da|van|od|от|от кого|від|від кого|fra|från|lähettäjä|kimden|gönderen|发件人|寄件者"
    "|寄件人|差出人|送信者"
    "|送信元|보낸 사람|보낸사람|feladó|de la|expéditeur|remitente|mittente|remetente|από|pošiljatelj"
    "|šalje|מאת|من"
    "|afzender|отправитель|відправник|nadawca|odesílatel|odosielateľ|saatja|avsändare|afsender|avsender"
    "|ออก|จาก|từ|dari"
)
_SENT = (
    "sent|gesendet|gesendet am|envoyé|envoyé le|envoyée|enviado|enviado el|enviado em|enviada em"
    "|enviada|enviado a las"
    "|inviato|inviata|inviato il|data invio|verzonden|verstuurd|wysłano|wysłane|data wysłania"
    "|отправлено|надіслано"
    "|отправлен|skickat|skickades|sendt|lähetetty|odesláno|odoslané|gönderildi|gönderme tarihi"
    "|gönderim zamanı"
    "|gönderilme zamanı|发送时间|发送日期|傳送時間|寄件日期|送信日時|送信日|送信済み|보낸 날짜|보낸날짜"
    "|보냄|elküldve|trimis"
    "|στάλθηκε|εστάλη|изпратено|poslano|poslato|נשלח|تم الإرسال|تاريخ الإرسال|saadetud|data da|đã gửi|dikirim"
)
_DATE = (
    "date|datum|fecha|data|дата|dato|päivämäärä|päiväys|tarih|日期|日付|日時|时间|時間|날짜|dátum"
    "|ημερομηνία|תאריך"
    "|التاريخ|kuupäev|datë|ngày|tanggal|message du|am|le"
)
_TO = (
    "to|an|à|a|para|aan|do|кому|til|till|vastaanottaja|komu|kime|alıcı|收件人|收件者|宛先|받는 사람"
    "|받는사람|címzett"
    "|către|προς|до|za|prima|אל|إلى|destinataire|destinatario|destinatário|ontvanger|odbiorca|příjemce"
    "|mottaker"
    "|modtager|mottagare|ถึง|đến|kepada|pour"
)
_SUBJECT = (
    "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|temat|тема|ämne|emne|aihe|předmět|predmet"
    "|konu|主题|主旨"
    "|標題|件名|题目|제목|tárgy|subiect|θέμα|zadeva|נושא|الموضوع|assumpte|teema|sujet|chủ đề|subjek"
)
_OTHER = (
    "cc|bcc|kopie|kopie (cc)|kopia|copie à|copie|copia|копия|копія|kopi|kopio|抄送|副本|참조|másolat"
    "|bilgi|ccn|cci|kopija"
    "|reply-to|antwort an|répondre à|antwoord aan|responder a|rispondi a|importance|wichtigkeit"
    "|priorität|attachments"
    "|attachment|anlagen|anlage|pièces jointes|adjuntos|allegati|anexos|bijlagen|organization|sent by"
    "|gesendet von"
    "|sensitivity|in-reply-to|mailed-by|signed-by|priority|newsgroups"
)
LABELS: dict[str, str] = {
    label: kind
    for kind, words in (
        ("date", _DATE),
        ("other", _OTHER),
        ("to", _TO),
        ("subject", _SUBJECT),
        ("sent", _SENT),
        ("from", _FROM),
    )
    for label in words.split("|")
}
"""A header's name in lower case, and which header it is."""

SPLITTERS = [
    "original message",
    "original mail",
    "original e-mail",
    "original email",
    "originalmessage",
    "forwarded message",
    "forwarded by",
    "forwarded mail",
    "reply message",
    "ursprüngliche nachricht",
    "urspruengliche nachricht",
    "ursprüngliche mail",
    "ursprüngliche e-mail",
    "originalnachricht",
    "original-nachricht",
    "original nachricht",
    "originalmail",
    "original-mail",
    "weitergeleitete nachricht",
    "weitergeleitet",
    "message d'origine",
    "message d’origine",
    "message original",
    "courriel original",
    "message initial",
    "message transféré",
    "message réexpédié",
    "e-mail d'origine",
    "mensaje original",
    "mensaje reenviado",
    "correo original",
    "messaggio originale",
    "messaggio inoltrato",
    "messaggio originario",
    "mensagem original",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "oorspronkelijk bericht",
    "origineel bericht",
    "oorspronkelijke bericht",
    "doorgestuurd bericht",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "oryginalna wiadomosc",
    "wiadomość oryginaln",
    "wiadomość przekazana",
    "przekazana wiadomość",
    "przekazanej wiadomości",
    "исходное сообщение",
    "оригинальное сообщение",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "перенаправленное сообщение",
    "исходное письмо",
    "вихідне повідомлення",
    "оригінальне повідомлення",
    "переслане повідомлення",
    "пересланий лист",
    "ursprungligt meddelande",
    "originalmeddelande",
    "vidarebefordrat meddelande",
    "vidarebefordrat",
    "opprinnelig melding",
    "original melding",
    "videresendt melding",
    "oprindelig meddelelse",
    "oprindelig besked",
    "original meddelelse",
    "videresendt besked",
    "videresendt meddelelse",
    "alkuperäinen viesti",
    "välitetty viesti",
    "původní zpráva",
    "původní e-mail",
    "přeposlaná zpráva",
    "pôvodná správa",
    "preposlaná správa",
    "orijinal mesaj",
    "özgün ileti",
    "orjinal mesaj",
    "iletilen mesaj",
    "yönlendirilmiş mesaj",
    "原始邮件",
    "原始郵件",
    "原邮件",
    "原始訊息",
    "转发邮件",
    "转发的邮件",
    "轉寄",
    "轉寄郵件",
    "元のメッセージ",
    "元のメール",
    "転送メッセージ",
    "original-nachricht",
    "원본 메시지",
    "원본 메일",
    "전달된 메시지",
    "eredeti üzenet",
    "továbbított üzenet",
    "mesaj original",
    "mesajul original",
    "mesaj redirecționat",
    "αρχικό μήνυμα",
    "προωθημένο μήνυμα",
    "izvirno sporočilo",
    "originalno sporočilo",
    "izvorna poruka",
    "originalna poruka",
    "missatge original",
    "оригинално съобщение",
    "препратено съобщение",
    "הודעה מקורית",
    "הודעה שהועברה",
    "الرسالة الأصلية",
    "algne kiri",
    "pesan asli",
    "pesan terusan",
    "thư gốc",
    "tin nhắn gốc",
]
ANNOUNCED = {
    "begin forwarded message",
    "start of forwarded message",
    "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "début du message réexpédié",
    "début du message transféré",
    "inicio del mensaje reenviado",
    "inizio messaggio inoltrato",
    "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "begin doorgestuurd bericht",
    "rozpoczęcie przekazanej wiadomości",
    "początek przekazywanej wiadomości",
    "начало переадресованного сообщения",
    "початок листа, що пересилається",
    "vidarebefordrat brev",
    "videresendt melding",
    "start på videresendt besked",
    "edelleenlähetetty viesti alkaa",
    "začátek přeposlané zprávy",
    "iletilmiş e-posta başlangıcı",
    "以下是转发的邮件",
    "以下是轉寄的郵件",
    "開始轉寄郵件",
    "转发邮件信息",
    "転送されたメッセージ",
}

_WORD_END = r"(?=$|[\s,.:;：()<>\"'’”\d])"
OPENING = re.compile(
    rf"(?:(?:{OPENERS}){_WORD_END}|{'|'.join(JOINED_OPENERS)}|\w{{2,14}}[.,]{{0,2}}[ ]{{1,2}}\d{{1,2}}[. ,]"
    r"|\w{2,12}[.,]{1,2}[ ]\w{3,12}[. ]{1,2}\d{1,2}|\d{1,4}[./年년-][ ]?\d"
    r"|\d{1,2}[. ]{1,2}\w{3,12}[., ]{1,2}\d{4}"
    r"|\d{1,2}:\d\d)",
    re.IGNORECASE,
)
"""How an attribution begins: an opening word, a weekday with a date, a date, a time."""
VERB = re.compile(rf"(?:(?<!\w)|(?<=[^\x00-\x7f]))(?:{VERBS})(?!\w)", re.IGNORECASE)
VERB_LAST = re.compile(rf"(?:(?<!\w)|(?<=[^\x00-\x7f]))(?:{VERBS})$", re.IGNORECASE)
WHEN = re.compile(
    r"\d(?:(?<!\d\d)(?:(?:(?<=1)9|(?<=2)0)\d\d(?!\d)|\d?(?:[:.h]\d\d(?!\d)|[./-]\d{1,2}[./-]\d{2,4}))|월)"
)
"""A year, a time or a date. It begins with a digit, before it looks back: that is what it is searched by."""
_STEMS = tuple({way[:4] for way in ways(VERBS)})
_ASCII_STEMS = tuple(stem for stem in _STEMS if stem.isascii())


def may_have_verb(words: str) -> bool:
    """A quick look, before `VERB` is searched for from every letter."""
    lowered = words.lower()
    return any(stem in lowered for stem in (_ASCII_STEMS if lowered.isascii() else _STEMS))
