import { Button } from "react-aria-components";
import { Refused } from "../parts/Notice";
import { type Held, useDecide } from "./useDecide";

/** Wanted, or not. */
export function Decide({ row }: { row: Held }) {
  const decide = useDecide(row);
  return (
    <div className="decide">
      {decide.error && <Refused what="Not done." error={decide.error} />}
      <Button
        className="btn sm"
        isPending={decide.isPending && decide.variables === "release"}
        onPress={() => decide.mutate("release")}
      >
        Not spam
      </Button>
      <Button
        className="btn sm"
        isPending={decide.isPending && decide.variables === "confirm"}
        onPress={() => decide.mutate("confirm")}
      >
        Spam
      </Button>
    </div>
  );
}
