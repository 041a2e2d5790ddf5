import { Link } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import { keyWords } from "../keys/listen";
import { Icon } from "../parts/Icon";
import { Bell } from "./Bell";
import { openDialog } from "./dialogs";
import { Line } from "./Line";
import { MeMenu } from "./MeMenu";

/** The frame's head: home, find, the state of the line, me. */
export function Bar() {
  return (
    <header className="bar" data-pane-name="bar">
      <Link className="logo" to="/" aria-label="Doorstep, to the desk">
        <Icon name="door" />
      </Link>
      <Button
        className="find"
        data-pane-focus
        aria-keyshortcuts="Control+K Meta+K"
        onPress={() => openDialog("palette")}
      >
        <Icon name="search" />
        <span>Find anyone, any order</span>
        <kbd>{keyWords("mod+k")}</kbd>
      </Button>
      <Button className="btn quiet only-phone" onPress={() => openDialog("palette")}>
        <Icon name="search" />
        Find
      </Button>
      <Line />
      <Bell />
      <MeMenu />
    </header>
  );
}
