import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { keyWords } from "../keys/listen";
import { useAllVerbs, type Verb } from "../keys/verbs";
import { openDialog, useDialog } from "./dialogs";

function Group({ name, verbs }: { name: string; verbs: Verb[] }) {
  return (
    <section>
      <h3 className="fh">{name}</h3>
      <dl className="keys">
        {verbs.map(({ id, words, key = "" }) => (
          <div key={id}>
            <dt>{words}</dt>
            <dd>
              <kbd>{keyWords(key)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every key that does something now. */
export function KeyList() {
  const isOpen = useDialog() === "keys";
  const verbs = useAllVerbs().filter((verb) => verb.key);
  const groups = [...new Set(verbs.map((verb) => verb.group))];
  return (
    <ModalOverlay className="scrim" isDismissable isOpen={isOpen} onOpenChange={() => openDialog(null)}>
      <Modal className="toast keylist">
        <Dialog aria-label="All keys">
          <Heading slot="title">All keys</Heading>
          <p className="m xs">
            Single letters work outside text fields; they can be switched off in the menu under your name.
          </p>
          <div className="keygrid">
            {groups.map((name) => (
              <Group key={name} name={name} verbs={verbs.filter((verb) => verb.group === name)} />
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
