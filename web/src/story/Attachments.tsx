import type { StoryEntry } from "../api/types";
import { Icon } from "../parts/Icon";
import { size } from "../words/money";

/** What came with the words; each opens by itself. */
export function Attachments({ of: entry }: { of: StoryEntry }) {
  const files = (entry.attachments ?? []).filter(({ inline }) => !inline);
  if (files.length === 0) return null;
  return (
    <ul className="files xs">
      {files.map((file) => (
        <li key={file.id}>
          <Icon name="clip" />
          <a href={`/api/interactions/${entry.id}/attachments/${file.id}`} target="_blank" rel="noreferrer">
            <bdi>{file.name || "unnamed"}</bdi>
          </a>
          <span className="m">{size(file.size)}</span>
        </li>
      ))}
    </ul>
  );
}
