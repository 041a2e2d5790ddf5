import type { ReactNode } from "react";

type Props = {
  id: string;
  label: string;
  /** Its control is no single input: the label names a group. */
  isGroup?: boolean;
  help?: string | undefined;
  fault?: string | undefined;
  pair?: boolean;
  children: ReactNode;
};

/** What says more of a control, for screen readers. */
export const describedBy = (id: string) => ({ "aria-describedby": `${id}-help ${id}-fault` });

/** One field: its name, its control, a line of help, and what is wrong with it. */
export function Row({ id, label, isGroup, help, fault, pair, children }: Props) {
  return (
    <div className="fld">
      {isGroup ? (
        <span className="lab" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label htmlFor={id} id={`${id}-label`}>
          {label}
        </label>
      )}
      <div className={pair ? "two" : undefined}>{children}</div>
      <span className="bad-msg" id={`${id}-fault`} role="status">
        {fault}
      </span>
      {help && (
        <span className="help" id={`${id}-help`}>
          {help}
        </span>
      )}
    </div>
  );
}
