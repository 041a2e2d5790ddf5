/** A part that cannot be right, and why. */
export type Fault = { field: string; detail: string };

/** What the server said when it refused (RFC 9457); status 0 when it did not answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail || title);
  }

  /** The fields that cannot be right, each with the reason. */
  get faults(): Fault[] {
    return faults(this.body, this.detail);
  }
}

let csrf = "";

/** Keep the token that every write must carry. */
export function keepToken(token: string): void {
  csrf = token;
}

/** That token, for what is no `fetch`. */
export const token = () => csrf;

/** What a refusal says. */
export async function refusal(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const whole = body && typeof body === "object" ? (body as Record<string, unknown>) : {};
  const said = (name: string) => (typeof whole[name] === "string" ? whole[name] : "");
  return new Problem(response.status, said("title") || response.statusText, said("detail"), whole);
}

/** Each part that cannot be right: a list of them, or one field that the whole is about. */
function faults({ errors, field }: Record<string, unknown>, detail: string): Fault[] {
  if (Array.isArray(errors)) return (errors as Fault[]).filter((fault) => fault.field);
  return typeof field === "string" ? [{ field, detail }] : [];
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  const response = await fetch(path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "The server does not answer", "Check the line to it and try again.");
  });
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal) => ask<T>("GET", path, undefined, signal);
export const post = <T>(path: string, body: unknown = {}) => ask<T>("POST", path, body);
export const put = <T>(path: string, body: unknown = {}) => ask<T>("PUT", path, body);
export const remove = <T>(path: string) => ask<T>("DELETE", path);

/** Send a file as it is. */
export async function upload<T>(path: string, file: File): Promise<T> {
  const headers = { Accept: "application/json", "X-CSRF-Token": csrf, "Content-Type": file.type || OTHER };
  const response = await fetch(path, { method: "POST", headers, body: file }).catch(() => {
    throw new Problem(0, "The file did not arrive", "Check the line to the server and try again.");
  });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as T;
}

const OTHER = "application/octet-stream";
