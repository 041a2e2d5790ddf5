import type { StoryEntry } from "../api/types";
import type { IconName } from "../parts/icons";
import { money } from "../words/money";
import { count, day, whole } from "../words/time";

/** A line in parts: words, the one thing that counts in bold, the quiet end. */
export type LineWords = {
  icon: IconName;
  before: string;
  bold: string;
  after: string;
  end: string;
  tone: "" | "warn" | "bad";
};

const amount = ({ amount_minor: minor, currency }: StoryEntry) =>
  minor != null && currency ? money(minor, currency) : "";

const STEPS: Record<string, [before: string, bold: string, tone: LineWords["tone"]]> = {
  packed: ["Parcel", "packed", ""],
  sent: ["Parcel", "sent", ""],
  sorted: ["Parcel", "sorted", ""],
  held: ["Parcel", "held", "warn"],
  out: ["Parcel", "on the van", ""],
  delivered: ["Parcel", "delivered", ""],
  lost: ["Parcel", "lost", "bad"],
  returned: ["Parcel", "on its way back", "warn"],
};

const PAYMENTS: Record<string, string> = {
  authorised: "Set aside",
  paid: "Paid",
  failed: "Not paid",
  voided: "Let go unpaid",
};

const DID: Record<string, [string, IconName]> = {
  resolved: ["resolved it", "check"],
  reopened: ["opened it again", "undo"],
  waits: ["waits for an answer", "clock"],
  took: ["took it", "in"],
  undone: ["took that back", "undo"],
  released: ["gave it back to the team", "out"],
  followed_up: ["opened it again: it waited until now", "clock"],
};

function order(entry: StoryEntry, now: number): LineWords {
  const lines = entry.lines ? `, ${count(entry.lines, "line")}` : "";
  const end = entry.promised_on
    ? `promised ${day(`${entry.promised_on}T12:00:00`, now).replace("Today", "today")}`
    : "";
  return {
    icon: "cart",
    before: "Ordered",
    bold: entry.order_no ?? "",
    after: `${lines}, ${amount(entry)}`,
    end,
    tone: "",
  };
}

function payment(entry: StoryEntry): LineWords {
  const words = PAYMENTS[entry.state ?? ""] ?? entry.state ?? "";
  const tone = entry.state === "failed" ? "bad" : "";
  return {
    icon: "card",
    before: words,
    bold: amount(entry),
    after: entry.method ? ` by ${entry.method}` : "",
    end: entry.order_no ?? "",
    tone,
  };
}

function refund(entry: StoryEntry): LineWords {
  const after = entry.reason ? `, “${entry.reason}”` : "";
  return {
    icon: "refund",
    before: "Refund of",
    bold: amount(entry),
    after,
    end: [entry.state, entry.order_no].filter(Boolean).join(" · "),
    tone: entry.state === "failed" ? "bad" : "",
  };
}

function tracking(entry: StoryEntry): LineWords {
  const [before, bold, tone] = STEPS[entry.step ?? ""] ?? ["Parcel", entry.step ?? "", ""];
  const place = entry.place ? ` at ${entry.place}` : "";
  const detail = entry.detail ? `, ${entry.detail}` : "";
  return {
    icon: entry.step === "delivered" || entry.step === "packed" ? "box" : "truck",
    before,
    bold: bold + place,
    after: detail,
    end: entry.carrier ?? "",
    tone,
  };
}

function returned(entry: StoryEntry): LineWords {
  const after = entry.reason ? `, “${entry.reason}”` : "";
  return {
    icon: "undo",
    before: "Return of",
    bold: entry.order_no ?? "",
    after,
    end: entry.state ?? "",
    tone: "",
  };
}

function action(entry: StoryEntry): LineWords {
  const [did, icon] = DID[entry.verb ?? ""] ?? [entry.verb ?? "", "check"];
  const isUntil = entry.verb === "waits" && entry.detail;
  const words = isUntil ? `waits until ${whole(entry.detail ?? "")}` : did;
  return {
    icon,
    before: "",
    bold: entry.agent_name ?? "Doorstep",
    after: ` ${words}`,
    end: isUntil ? "" : (entry.detail ?? ""),
    tone: "",
  };
}

/** How an entry of a kind reads. */
export function lineOf(entry: StoryEntry, now: number): LineWords {
  switch (entry.kind) {
    case "order":
      return order(entry, now);
    case "payment":
      return payment(entry);
    case "refund":
      return refund(entry);
    case "tracking":
      return tracking(entry);
    case "return":
      return returned(entry);
    default:
      return action(entry);
  }
}
