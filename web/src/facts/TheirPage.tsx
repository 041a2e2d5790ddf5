import { useMutation } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { get } from "../api/client";

/** The address to write into a reply: when it leaves, it is a link to a page on which the customer chooses. */
export function TheirPage() {
  const copying = useMutation({
    mutationFn: async () => {
      const { address } = await get<{ address: string }>("/api/choices/link");
      await navigator.clipboard.writeText(address);
    },
  });
  return (
    <p className="row xs">
      <Button className="btn quiet sm" onPress={() => copying.mutate()}>
        Copy their page for a reply
      </Button>
      <span className="m" role="status">
        {copying.isSuccess && "Copied: it opens once it is sent"}
        {copying.error && "Not copied. Write {{choices.link}} in ready words."}
      </span>
    </p>
  );
}
