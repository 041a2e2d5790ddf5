import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { searchQuery } from "../api/queries";
import type { Found } from "../api/types";
import { useAllVerbs } from "../keys/verbs";
import { now } from "../live/clock";
import type { IconName } from "../parts/icons";
import { useSettled } from "../parts/useSettled";
import { money } from "../words/money";
import { date } from "../words/time";

export type Choice = {
  id: string;
  icon: IconName;
  text: string;
  aside?: string;
  key?: string;
  run: () => void;
};
export type ChoiceGroup = { name: string; choices: Choice[] };

function useVerbChoices(words: string): ChoiceGroup[] {
  const verbs = useAllVerbs().filter(
    (verb) => !verb.hidden && verb.words.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase()),
  );
  const names = [...new Set(verbs.map(({ group }) => group))];
  return names.map((name) => ({
    name,
    choices: verbs
      .filter(({ group }) => group === name)
      .map(({ id, icon, words: text, key, run }) => ({
        id: `verb:${id}`,
        icon,
        text,
        run,
        ...(key && { key }),
      })),
  }));
}

function found({ customers, orders }: Found, customer: (id: string) => void): ChoiceGroup[] {
  const people = customers.map(({ id, name, city, identity }) => ({
    id: `customer:${id}`,
    icon: "user" as const,
    text: city ? `${name}, ${city}` : name,
    aside: identity ?? "",
    run: () => customer(id),
  }));
  const bought = orders.map((order) => ({
    id: `order:${order.id}`,
    icon: "cart" as const,
    text: `Order ${order.order_no}, ${order.customer_name}`,
    aside: `${date(order.placed_at, now())} · ${money(order.total_minor, order.currency)}`,
    run: () => customer(order.customer_id),
  }));
  return [
    { name: "People", choices: people },
    { name: "Orders", choices: bought },
  ];
}

/** What the words could mean: verbs that can be done now, people, orders. */
export function useChoices(words: string): { groups: ChoiceGroup[]; isSearching: boolean } {
  const navigate = useNavigate();
  const verbs = useVerbChoices(words);
  const settled = useSettled(words);
  const search = useQuery(searchQuery(settled));
  const customer = (id: string) =>
    void navigate({
      to: "/customers/$customerId",
      params: { customerId: id },
      search: (was) => ({ ...was, pane: "story" }),
    });
  const things = search.data && words.trim().length > 1 ? found(search.data, customer) : [];
  const groups = [...verbs, ...things].filter(({ choices }) => choices.length > 0);
  return { groups, isSearching: search.isFetching || settled !== words.trim() };
}
