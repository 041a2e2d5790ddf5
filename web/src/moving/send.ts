import { Problem, token } from "../api/client";
import type { Import } from "../api/types";

type Sending = { inboxId: string; file: File; ours: string; onShare: (share: number) => void };

function refusal(request: XMLHttpRequest): Problem {
  try {
    const said = JSON.parse(request.responseText) as { title?: string; detail?: string };
    return new Problem(request.status, said.title ?? "Not sent", said.detail ?? "");
  } catch {
    return new Problem(request.status, "Not sent", "The server answered with something else than words.");
  }
}

/** Send a file, however large; `onShare` hears how much of it has left. */
export function sendImport({ inboxId, file, ours, onShare }: Sending): Promise<Import> {
  const asked = new URLSearchParams({ inbox_id: inboxId, name: file.name.slice(-200), ours });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/imports?${asked}`);
    request.setRequestHeader("X-CSRF-Token", token());
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => onShare(event.total ? event.loaded / event.total : 0);
    request.onerror = () =>
      reject(new Problem(0, "The server does not answer", "Check the line to it and try again."));
    request.onload = () =>
      request.status === 201 ? resolve(JSON.parse(request.responseText) as Import) : reject(refusal(request));
    request.send(file);
  });
}
