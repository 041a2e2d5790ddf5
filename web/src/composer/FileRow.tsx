import { Button } from "react-aria-components";
import { Icon } from "../parts/Icon";
import { Refused } from "../parts/Notice";
import { size } from "../words/money";
import type { Files } from "./useFiles";

/** What goes along with the words; each can be looked at and taken out again. */
export function FileRow({ files, at }: { files: Files; at: string }) {
  const among = files.files.filter(({ inline }) => !inline);
  return (
    <>
      {files.error && <Refused what="The file was not attached." error={files.error} />}
      {(among.length > 0 || files.isBusy) && (
        <ul className="files xs">
          {among.map((file) => (
            <li key={file.id}>
              <Icon name="clip" />
              <a href={`${at}/${file.id}`} target="_blank" rel="noreferrer">
                <bdi>{file.name}</bdi>
              </a>
              <span className="m">{size(file.size)}</span>
              <Button
                className="btn sm quiet ico"
                aria-label={`Take out ${file.name}`}
                onPress={() => files.drop(file.id)}
              >
                <Icon name="x" />
              </Button>
            </li>
          ))}
          {files.isBusy && <li className="m">Attaching …</li>}
        </ul>
      )}
    </>
  );
}
