import { type IconName, paths } from "./icons";

/** One of our own icons; its word stands beside it, so it is silent unless it has a label. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  return label ? (
    <svg className="i" viewBox="0 0 20 20" role="img" aria-label={label}>
      {paths[name]}
    </svg>
  ) : (
    <svg className="i" viewBox="0 0 20 20" aria-hidden="true">
      {paths[name]}
    </svg>
  );
}
