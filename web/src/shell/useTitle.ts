import { useEffect } from "react";

/** Name the page after what it shows. */
export function useTitle(words: string): void {
  useEffect(() => {
    document.title = words.trim() ? `${words}, Doorstep` : "Doorstep";
    return () => {
      document.title = "Doorstep";
    };
  }, [words]);
}
