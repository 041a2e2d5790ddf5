import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { Button, Dialog, DialogTrigger, Form, Input, Label, Popover, TextField } from "react-aria-components";
import { Icon } from "../../parts/Icon";

const HAS_SCHEME = /^(https?:|mailto:|tel:)/i;

/** An address as people type it, as a link. */
const whole = (typed: string) =>
  HAS_SCHEME.test(typed) ? typed : typed.includes("@") ? `mailto:${typed}` : `https://${typed}`;

/** Link the chosen words to an address, or take the link away. */
export function LinkTo({ editor, isOn }: { editor: Editor; isOn: boolean }) {
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const marked = () => editor.chain().focus().extendMarkRange("link");
  const open = (to: boolean) => {
    if (to) setTyped((editor.getAttributes("link").href as string | undefined) ?? "");
    setOpen(to);
  };
  const link = () => {
    setOpen(false);
    const href = whole(typed.trim());
    if (editor.state.selection.empty && !isOn)
      editor
        .chain()
        .focus()
        .insertContent({ type: "text", text: typed.trim(), marks: [{ type: "link", attrs: { href } }] })
        .run();
    else marked().setLink({ href }).run();
  };
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={open}>
      <Button className={isOn ? "btn sm quiet ico on" : "btn sm quiet ico"} aria-label="Link">
        <Icon name="link" />
      </Button>
      <Popover className="pop" placement="top start">
        <Dialog aria-label="Link">
          <Form
            className="row linkto"
            onSubmit={(event) => {
              event.preventDefault();
              if (typed.trim()) link();
            }}
          >
            <TextField autoFocus value={typed} onChange={setTyped}>
              <Label className="xs m">Link to</Label>
              <Input className="input" inputMode="url" placeholder="shop.example/returns" />
            </TextField>
            <Button className="btn sm" type="submit">
              {isOn ? "Change" : "Link"}
            </Button>
            {isOn && (
              <Button
                className="btn sm quiet"
                onPress={() => {
                  setOpen(false);
                  marked().unsetLink().run();
                }}
              >
                Remove
              </Button>
            )}
          </Form>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
