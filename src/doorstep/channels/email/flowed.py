"""Text that its sender's program broke into lines, joined again (RFC 3676 §4)."""


def unflowed(text: str, delsp: bool) -> str:
    """Soft line breaks undone. `delsp`: the space at a soft break is not meant."""
    rows: list[list[str]] = []
    soft, depth = False, 0
    for row in text.split("\n"):
        quotes = len(row) - len(row.lstrip(">"))
        words = row[quotes:].removeprefix(" ")
        if soft and quotes == depth and row != "-- ":
            rows[-1].append(words)
        else:
            rows.append([">" * quotes + " " if quotes else "", words])
        soft, depth = words.endswith(" ") and words != "-- ", quotes
    return "\n".join(_joined(pieces, delsp) for pieces in rows)


def _joined(pieces: list[str], delsp: bool) -> str:
    """The rows of one paragraph."""
    if not delsp:
        return "".join(pieces)
    return pieces[0] + "".join(piece.removesuffix(" ") for piece in pieces[1:-1]) + pieces[-1]
