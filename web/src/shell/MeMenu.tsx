import { useNavigate } from "@tanstack/react-router";
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from "react-aria-components";
import { useOnline } from "../live/online";
import { useLostLine } from "../live/stream";
import { Icon } from "../parts/Icon";
import { initials } from "../words/name";
import { chooseSingleKeys, chooseTheme, type Theme, useSingleKeys, useTheme } from "./choices";
import { openDialog } from "./dialogs";
import { signOut } from "./session";
import { useMe } from "./useMe";

const ROLES = {
  agent: "Agent",
  supervisor: "Supervisor",
  administrator: "Administrator",
  auditor: "Auditor, reads only",
};

const picked = (keys: Selection) => (keys === "all" ? "" : String([...keys][0] ?? ""));

function Themes() {
  const theme = useTheme();
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme || "system"]}
      onSelectionChange={(keys) => chooseTheme(picked(keys).replace("system", "") as Theme)}
    >
      <Header className="qgroup">Light and dark</Header>
      <MenuItem className="item" id="system">
        As the system says
      </MenuItem>
      <MenuItem className="item" id="light">
        Light
      </MenuItem>
      <MenuItem className="item" id="dark">
        Dark
      </MenuItem>
    </MenuSection>
  );
}

/** Who works here, and what is theirs to choose. */
export function MeMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const lost = useLostLine();
  const hasLine = useOnline() && lost === null;
  const single = useSingleKeys();
  if (!me) return null;
  return (
    <div className="me">
      <MenuTrigger>
        <Button className="mebtn">
          <span className="row nm">
            <span className={hasLine ? "dot" : "dot off"} />
            <span>{me.name}</span>
            <span className="m">{hasLine ? ROLES[me.role] : "no line"}</span>
          </span>
          <span className="ava" aria-hidden="true">
            {initials(me.name)}
          </span>
          <span className="sr only-phone">
            {me.name}, {ROLES[me.role]}
          </span>
        </Button>
        <Popover className="toast menu" placement="bottom end">
          <Menu className="items" aria-label="Me">
            <Themes />
            <MenuSection>
              <Header className="qgroup">Keys</Header>
              <MenuItem className="item" id="keys" onAction={() => openDialog("keys")}>
                <span>All keys</span>
                <kbd>?</kbd>
              </MenuItem>
              <MenuItem className="item" id="single" onAction={() => chooseSingleKeys(!single)}>
                {single ? "Switch single letters off" : "Switch single letters on"}
              </MenuItem>
            </MenuSection>
            <MenuSection>
              <Header className="qgroup">{me.sign_in}</Header>
              <MenuItem className="item" id="profile" onAction={() => void navigate({ to: "/profile" })}>
                <Icon name="user" />
                Your profile
              </MenuItem>
              <MenuItem className="item" id="out" onAction={() => void signOut()}>
                <Icon name="out" />
                Sign out
              </MenuItem>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
