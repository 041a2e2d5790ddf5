import type { StockAt } from "../api/types";

const BARS = ["one", "two", "three", "four"];

/** How many of four bars a level fills: none, up to 5, 11, 39, more. */
function level(available: number): number {
  if (available <= 0) return 0;
  return [5, 11, 39].filter((bound) => available > bound).length + 1;
}

/** What lies where, as bars and as a number. */
export function Stock({ stock }: { stock: StockAt[] }) {
  if (stock.length === 0) return null;
  return (
    <span className="st">
      {stock.map(({ location, available }) => {
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
    </span>
  );
}
