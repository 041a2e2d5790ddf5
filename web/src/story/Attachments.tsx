import type { StoryEntry } from "../api/types";
import { Icon } from "../parts/Icon";
import { size } from "../words/money";

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** Bytes up to which a picture is shown where it stands. */
const LARGEST = 5_000_000;

/** What came with the words: pictures are seen at once, the rest opens by itself. */
export function Attachments({ of: entry }: { of: StoryEntry }) {
  const files = (entry.attachments ?? []).filter(({ inline }) => !inline);
  if (files.length === 0) return null;
  const at = (id: string) => `/api/interactions/${entry.id}/attachments/${id}`;
  const pictures = files.filter((file) => PICTURES.has(file.media_type) && file.size <= LARGEST);
  return (
    <>
      {pictures.length > 0 && (
        <div className="row thumbs">
          {pictures.map(({ id, name }) => (
            <a key={id} href={at(id)} target="_blank" rel="noreferrer" title={name}>
              <img src={at(id)} alt={name} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      <ul className="files xs">
        {files.map((file) => (
          <li key={file.id}>
            <Icon name="clip" />
            <a href={at(file.id)} target="_blank" rel="noreferrer">
              <bdi>{file.name || "unnamed"}</bdi>
            </a>
            <span className="m">{size(file.size)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
