import { Problem, refusal } from "./client";

const NAMED = /filename="([^"]+)"/;

/** Save a file under the name the server gives it; a refusal is told in words, and nothing is saved. */
export async function save(path: string): Promise<void> {
  const response = await fetch(path).catch(() => {
    throw new Problem(0, "The server does not answer", "Check the line to it and try again.");
  });
  if (!response.ok) throw await refusal(response);
  const place = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = place;
  link.download = NAMED.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "original.txt";
  link.click();
  URL.revokeObjectURL(place);
}
