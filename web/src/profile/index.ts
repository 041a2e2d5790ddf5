export { Overview } from "./Overview";
export { OwnSignature } from "./OwnSignature";
export { Profile } from "./Profile";
