export { InboxSignature } from "./InboxSignature";
export { NewWords } from "./NewWords";
export { ReadyWords } from "./ReadyWords";
export { WordsPage } from "./WordsPage";
