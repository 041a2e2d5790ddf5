import { Button, FileTrigger } from "react-aria-components";
import { Icon } from "../parts/Icon";

/** Choose files to go with the words. */
export function Attach({ onFiles }: { onFiles: (files: File[]) => void }) {
  return (
    <FileTrigger allowsMultiple onSelect={(chosen) => onFiles([...(chosen ?? [])])}>
      <Button className="btn sm quiet ico" aria-label="Attach files">
        <Icon name="clip" />
      </Button>
    </FileTrigger>
  );
}
