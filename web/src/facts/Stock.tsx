import type { StockAt } from "../api/types";

const BARS = ["one", "two", "three", "four"];

/** How many of four bars a level fills: none, up to 5, 11, 39, more. */
function level(available: number): number {
  if (available <= 0) return 0;
  return [5, 11, 39].filter((bound) => available > bound).length + 1;
}

const SHOWN = 2;

/** What lies where, as bars and as a number; the fullest places first, the others on hover. */
export function Stock({ stock }: { stock: StockAt[] }) {
  if (stock.length === 0) return null;
  const most = [...stock].sort((a, b) => b.available - a.available);
  const others = most
    .slice(SHOWN)
    .map(({ location, available }) => `${location} ${available > 0 ? available : "none"}`);
  return (
    <span className="st">
      {most.slice(0, SHOWN).map(({ location, available }) => {
        const filled = level(available);
        return (
          <span className="stock" key={location}>
            <span className={filled === 0 ? "lv out" : filled === 1 ? "lv low" : "lv"} aria-hidden="true">
              {BARS.map((bar, at) => (
                <i key={bar} className={at < filled ? "f" : ""} />
              ))}
            </span>
            {location} {filled === 0 ? "none" : available}
          </span>
        );
      })}
      {others.length > 0 && (
        <span className="nw" title={others.join("\n")}>
          {others.length} more<span className="sr">: {others.join(", ")}</span>
        </span>
      )}
    </span>
  );
}
