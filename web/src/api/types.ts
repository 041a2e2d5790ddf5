import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Channel = Schemas["ChannelCard"];
export type QueueRow = Schemas["QueueRow"];
export type QueuePage = Schemas["QueuePage"];
export type Conversation = Schemas["Conversation"];
export type Reply = Schemas["Reply"];
export type Undone = Schemas["Undone"];
export type Customer = Schemas["Customer"];
export type Identity = Schemas["Identity"];
export type Order = Schemas["Order"];
export type Shipment = Schemas["Shipment"];
export type StockAt = Schemas["StockAt"];
export type CustomerView = Schemas["CustomerView"];
export type StoryPage = Schemas["StoryPage"];
export type StoryEntry = Schemas["StoryEntry"];
export type Attachment = Schemas["Attachment"];
export type Found = Schemas["Found"];
export type UndeliveredPage = Schemas["UndeliveredPage"];
export type ReconciliationRow = Schemas["ReconciliationRow"];
export type Change = Schemas["Change"];

export type View = "mine" | "team" | "all";
export type State = "open" | "waiting" | "resolved";
export type Act = "resolve" | "reopen" | "wait" | "take" | "release";
