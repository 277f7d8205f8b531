/** The part of a map that is shown, in the map's own units. Pure arithmetic; the map itself is `whole`. */
export interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How many times closer than the whole map one may look. */
const CLOSEST = 24;

/** Looks `factor` times closer, or from further away below 1, keeping the point (x, y) where it is on the screen. */
export function zoomed(now: Window, whole: Window, factor: number, x: number, y: number): Window {
  const closer = Math.min(Math.max((whole.width / now.width) * factor, 1), CLOSEST);
  const width = whole.width / closer;
  const share = width / now.width;
  return inside({ x: x - (x - now.x) * share, y: y - (y - now.y) * share, width, height: whole.height / closer }, whole);
}

/** Moved by parts of what is shown: 0.1 is a tenth of the width or height. */
export function moved(now: Window, whole: Window, right: number, down: number): Window {
  return inside({ ...now, x: now.x + right * now.width, y: now.y + down * now.height }, whole);
}

export function inside(now: Window, whole: Window): Window {
  const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
  return {
    ...now,
    x: between(now.x, whole.x, whole.x + whole.width - now.width),
    y: between(now.y, whole.y, whole.y + whole.height - now.height),
  };
}
