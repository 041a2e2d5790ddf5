import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/queries";
import type { Me } from "../api/types";

/** Who works here now. */
export const useMe = (): Me | undefined => useQuery(sessionQuery).data ?? undefined;

export const mayWrite = (me: Me | undefined) => me !== undefined && me.role !== "auditor";
export const seesUndelivered = (me: Me | undefined) =>
  me?.role === "supervisor" || me?.role === "administrator";
export const seesSettings = (me: Me | undefined) => me !== undefined && me.role !== "agent";
export const mayPrepare = seesUndelivered;
export const mayConfigure = (me: Me | undefined) => me?.role === "administrator";
