import type { Role } from "../api/types";

/** What somebody can be here to do. */
export const ROLES: [Role, string][] = [
  ["agent", "Agent"],
  ["supervisor", "Supervisor"],
  ["administrator", "Administrator"],
  ["auditor", "Auditor"],
];

/** "an agent", "a supervisor". */
export const roleWords = (role: Role) => (role.startsWith("a") ? `an ${role}` : `a ${role}`);
