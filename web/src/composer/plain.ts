const ENDS = /<(br|\/p|\/li|\/h[1-6]|\/blockquote)\b[^>]*>/gi;

/** The words of HTML, a line for each paragraph. Nothing in it is run or loaded. */
export function plain(html: string): string {
  const parsed = new DOMParser().parseFromString(html.replace(ENDS, "$&\n"), "text/html");
  return (parsed.body.textContent ?? "").trim();
}

const NAMES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Words as HTML, a paragraph for each line. */
export const paragraphs = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => `<p>${line.replace(/[&<>"]/g, (char) => NAMES[char] ?? char)}</p>`)
    .join("");
