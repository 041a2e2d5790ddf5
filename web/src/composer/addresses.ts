import type { Address } from "../api/types";

/** Addresses as they are typed, with commas between. */
export const typedOf = (to: Address[]): string | undefined =>
  to.length ? to.map(({ value }) => value).join(", ") : undefined;

/** What was typed, each an address; those known already keep their names. */
export function addresses(typed: string | undefined, known: Address[] = [], kind = "mailbox"): Address[] {
  const named = new Map(known.map((each) => [each.value, each]));
  const values = (typed ?? "").split(/[,;\s]+/).filter(Boolean);
  return values.map((value) => named.get(value) ?? ({ kind, value, name: "" } as Address));
}
