import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["Session"];
export type Channel = Schemas["ChannelInfo"];
export type QueueRow = Schemas["QueueRow"];
export type QueuePage = Schemas["QueuePage"];
export type Conversation = Schemas["Conversation"];
export type Reply = Schemas["Reply"];
export type Undone = Schemas["NewReply"];
export type Colleague = Schemas["Colleague"];
export type Mention = Schemas["Mention"];
export type Mentions = Schemas["Mentions"];
export type Presence = Schemas["Presence"];
export type Kept = Schemas["Draft"];
export type OwnDraft = Schemas["OwnDraft"];
export type KeptFile = Schemas["DraftFile"];
/** What came or left since somebody looked, as a refusal tells it. */
export type Newer = { kind: "message" | "reply"; id: string; who: string; at: string; text: string };
export type Address = Schemas["Address"];
export type Customer = Schemas["ViewCustomer"];
export type Identity = Schemas["ViewIdentity"];
export type Order = Schemas["Order"];
export type Shipment = Schemas["Shipment"];
export type StockAt = Schemas["StockAt"];
export type CustomerView = Schemas["CustomerView"];
export type StoryPage = Schemas["StoryPage"];
export type Words = Schemas["Words"];
export type StoryEntry = Schemas["StoryEntry"];
export type Found = Schemas["Findings"];
export type UndeliveredPage = Schemas["UndeliveredPage"];
export type QuarantinePage = Schemas["QuarantinePage"];
export type DeadJobsPage = Schemas["DeadJobs"];
export type Import = Schemas["Import"];
export type ImportsPage = Schemas["Imports"];
export type ReconciliationRow = Schemas["Reconciled"];
export type Inbox = Schemas["ConfiguredInbox"];
export type AutomaticAnswers = Schemas["AutomaticAnswers"];
export type Agent = Schemas["Agent"];
export type Role = Schemas["Role"];
export type Change = Schemas["Event"];

export type View = "mine" | "team" | "all";
export type State = "open" | "waiting" | "resolved";
export type Act = "resolve" | "reopen" | "wait" | "take" | "release";
export type Macro = Schemas["MacroName"];
export type Filled = Schemas["Filled"];
export type Signature = Schemas["Signature"];
