const CUTS = [
  /^-- ?$/,
  /^>/,
  /^_{10,}$/,
  /^-{3,} ?.+ ?-{3,}$/,
  /^.{0,120}(wrote|schrieb|écrit|escribió|ha scritto|έγραψε).{0,40}:$/i,
];

/** Where a mail's own words end: at its signature or at what it quotes below them. */
export function fold(text: string): { said: string; rest: number } {
  const lines = text.trim().split(/\r?\n/);
  const cut = lines.findIndex((line) => CUTS.some((mark) => mark.test(line.trim() || line)));
  if (cut < 1 || hasWordsAfter(lines.slice(cut))) return { said: lines.join("\n"), rest: 0 };
  return { said: lines.slice(0, cut).join("\n").trimEnd(), rest: lines.length - cut };
}

/** An answer written between quoted lines must stay in sight. */
function hasWordsAfter(tail: string[]): boolean {
  const isSignature = /^-- ?$/.test(tail[0] ?? "");
  const lastQuoted = tail.findLastIndex((line) => line.startsWith(">"));
  return (
    !isSignature &&
    lastQuoted >= 0 &&
    tail
      .slice(lastQuoted + 1)
      .join("")
      .trim().length > 0
  );
}
