import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { Input, SearchField } from "react-aria-components";
import { useVerbs } from "../../keys/verbs";
import { Icon } from "../../parts/Icon";
import { Refused } from "../../parts/Notice";
import { SkeletonRows } from "../../parts/Skeleton";
import { useTitle } from "../../shell/useTitle";
import { Page } from "../Page";
import { Folder } from "./Folder";
import { found, inFolders } from "./find";
import { allMacrosQuery } from "./queries";

function Write() {
  return (
    <Link className="btn primary" to="/settings/words/new">
      <Icon name="plus" />
      New ready words
    </Link>
  );
}

/** Words that are kept ready for replies: found by name or by what they say. */
export function ReadyWords() {
  useTitle("Ready words");
  const { data, error, isPending } = useQuery(allMacrosQuery);
  const [wanted, setWanted] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const find = () => field.current?.focus();
  useVerbs([
    { id: "find-words", words: "Find ready words", group: "Settings", icon: "search", key: "/", run: find },
  ]);
  const rows = found(data ?? [], wanted);
  return (
    <Page
      label="Ready words"
      title="Ready words"
      says="What is often said. In a reply, / finds them."
      end={<Write />}
    >
      <div className="setbody">
        {error && <Refused what="The ready words could not be read." error={error} />}
        {isPending && <SkeletonRows rows={5} />}
        {data && data.length > 0 && (
          <div className="row finding">
            <SearchField className="grow" aria-label="Find ready words" value={wanted} onChange={setWanted}>
              <Input ref={field} className="input" placeholder="Name, folder or words" data-pane-focus />
            </SearchField>
            <span className="m xs" role="status">
              {wanted.trim() ? `${rows.length} of ${data.length}` : `${data.length} kept`}
            </span>
          </div>
        )}
        {inFolders(rows).map(([folder, macros]) => (
          <Folder key={folder} name={folder} macros={macros} />
        ))}
        {data && data.length > 0 && rows.length === 0 && (
          <p className="q">None has “{wanted.trim()}” in its name, its folder or its words.</p>
        )}
        {data?.length === 0 && (
          <div className="empty">
            <b>No words are kept yet</b>
            <p className="q">
              What is written here stands ready in every reply: / finds it, with names and orders filled in.
            </p>
            <Write />
          </div>
        )}
      </div>
    </Page>
  );
}
