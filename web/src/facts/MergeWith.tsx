import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import { searchQuery } from "../api/queries";
import type { Customer } from "../api/types";
import { askFor } from "../story/asked";
import { MergePreview } from "./MergePreview";

/** Whom with: found by a name, an address or a number; then what would be joined. */
export function MergeWith({ customer }: { customer: Customer }) {
  const [words, setWords] = useState("");
  const [other, setOther] = useState<string | null>(null);
  const { data } = useQuery(searchQuery(words.trim()));
  const people = data?.customers.filter(({ id }) => !customer.ids.includes(id)) ?? [];
  if (other) return <MergePreview customer={customer} otherId={other} onBack={() => setOther(null)} />;
  return (
    <div className="mergewith">
      <h3>Merge with another record</h3>
      <SearchField aria-label="Whom with" autoFocus value={words} onChange={setWords}>
        <Input className="input" placeholder="A name, an address or a number" />
      </SearchField>
      {people.map(({ id, name, city, identity }) => (
        <Button key={id} className="btn quiet sm" onPress={() => setOther(id)}>
          <bdi>{name || identity}</bdi>
          <span className="m cut">{identity ?? city}</span>
        </Button>
      ))}
      {words.trim().length > 1 && data && people.length === 0 && (
        <p className="q">Nobody else is found by that.</p>
      )}
      <Button className="btn quiet sm" onPress={() => askFor(null)}>
        Cancel
      </Button>
    </div>
  );
}
