import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "react-aria-components";
import { put, remove } from "../api/client";
import { Refused } from "../parts/Notice";
import { mayWrite, useMe } from "../shell/useMe";

const MOST = 640;

type Pictures = "none" | "kept away" | "loaded";

/** What there is of pictures that lie elsewhere. Loading one tells its owner that the message is being read. */
function picturesIn(page: Document): Pictures {
  if (page.querySelector("img[data-remote-src]")) return "kept away";
  return page.querySelector("img[src^='https:'], img[src^='http:']") ? "loaded" : "none";
}

type Props = { pictures: Pictures; isAsked: boolean; ask: () => void; always: (is: boolean) => void };

function Offer({ pictures, isAsked, ask, always }: Props) {
  const writes = mayWrite(useMe());
  if (pictures === "none") return null;
  return (
    <p className="row m pictures">
      {pictures === "kept away" ? (
        <>
          Pictures that lie elsewhere are not loaded: their owner would see that this is read.
          <Button className="aslink xs" onPress={ask}>
            Show pictures
          </Button>
        </>
      ) : (
        "Pictures are loaded from elsewhere."
      )}
      {writes && (pictures === "kept away" || isAsked) && (
        <Button className="aslink xs" onPress={() => always(true)}>
          Always from this sender
        </Button>
      )}
      {writes && pictures === "loaded" && !isAsked && (
        <Button className="aslink xs" onPress={() => always(false)}>
          No longer from this sender
        </Button>
      )}
    </p>
  );
}

/** A message's own page. It can run nothing: no scripts, and a policy of its own; only its pictures are ours. */
export function AsSent({ id, who }: { id: string; who: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [pictures, setPictures] = useState<Pictures>("none");
  const [asked, setAsked] = useState("");
  const always = useMutation({
    mutationFn: (is: boolean) => (is ? put : remove)(`/api/interactions/${id}/pictures`),
    onSuccess: (_, is) => setAsked(`?always=${is}`),
  });
  const fit = () => {
    const element = frame.current;
    const page = element?.contentDocument;
    if (!element || !page?.body) return;
    setPictures(picturesIn(page));
    element.style.height = `${Math.min(MOST, page.body.scrollHeight + 2)}px`;
  };
  return (
    <>
      <Offer
        pictures={pictures}
        isAsked={asked === "?pictures=true"}
        ask={() => setAsked("?pictures=true")}
        always={always.mutate}
      />
      {always.error && <Refused what="Not remembered." error={always.error} />}
      <iframe
        className="assent"
        ref={frame}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        src={`/api/interactions/${id}/page${asked}`}
        title={`As ${who} sent it`}
        onLoad={fit}
      />
    </>
  );
}
