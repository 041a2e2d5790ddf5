import { useSyncExternalStore } from "react";

function listen(onChange: () => void) {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Whether this machine has a network at all. */
export const useOnline = () => useSyncExternalStore(listen, () => navigator.onLine);
