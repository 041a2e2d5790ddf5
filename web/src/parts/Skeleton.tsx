const WIDTHS = [48, 36, 55, 42, 60, 38, 50, 45, 33, 58];

/** Rows of the queue's final height while it is read; seen only after 200 ms. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div className="late" aria-hidden="true">
      {WIDTHS.slice(0, rows).map((width) => (
        <div className="skelrow" key={width}>
          <span className="skel skel-glyph" />
          <span>
            <span className="skel" style={{ width: `${width}%` }} />
            <span className="skel skel-second" style={{ width: `${width + 30}%` }} />
          </span>
          <span className="skel skel-clock" />
        </div>
      ))}
    </div>
  );
}

/** Lines of text on their way. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  return (
    <div className="late skel-lines" aria-hidden="true">
      {WIDTHS.slice(0, lines).map((width) => (
        <span className="skel" key={width} style={{ width: `${width + 20}%` }} />
      ))}
    </div>
  );
}
