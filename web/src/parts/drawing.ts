import { createElement, type ReactNode } from "react";

const SHAPES = new Set(["path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "g"]);
const MARKS =
  /^(d|cx|cy|r|rx|ry|x|y|x1|x2|y1|y2|width|height|points|transform|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin|opacity)$/;

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function marks(shape: Element): Record<string, string> {
  const allowed = [...shape.attributes].filter(
    ({ name, value }) => MARKS.test(name) && !value.includes("url("),
  );
  return Object.fromEntries(allowed.map(({ name, value }) => [camel(name), value]));
}

function shapes(parent: Element): ReactNode[] {
  return [...parent.children]
    .filter((shape) => SHAPES.has(shape.localName))
    .map((shape, place) => createElement(shape.localName, { key: place, ...marks(shape) }, ...shapes(shape)));
}

const known = new Map<string, ReactNode[] | null>();

/** The shapes of a channel's icon, plain drawing only; null when it is no SVG. Scripts, styles and links fall away. */
export function drawing(source: string): ReactNode[] | null {
  if (!source.trimStart().startsWith("<svg")) return null;
  const seen = known.get(source);
  if (seen !== undefined) return seen;
  const root = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  const drawn = root.localName === "svg" ? shapes(root) : null;
  const usable = drawn && drawn.length > 0 ? drawn : null;
  known.set(source, usable);
  return usable;
}
