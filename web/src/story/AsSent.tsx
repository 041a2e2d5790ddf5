import { useRef } from "react";

const MOST = 640;

/** A message's own page. It can run nothing: no scripts, and a policy of its own; only its pictures are ours. */
export function AsSent({ id, who }: { id: string; who: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const fit = () => {
    const element = frame.current;
    const page = element?.contentDocument?.body;
    if (element && page) element.style.height = `${Math.min(MOST, page.scrollHeight + 2)}px`;
  };
  return (
    <iframe
      className="assent"
      ref={frame}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      src={`/api/interactions/${id}/page`}
      title={`As ${who} sent it`}
      onLoad={fit}
    />
  );
}
