/** Two letters for a name: "Ioanna Papadaki" is IP. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** What somebody is called; who has no name here yet too. */
export const called = (name: string) => name || "Not known yet";
