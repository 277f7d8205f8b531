import { inside, zoomed, type Window } from "./window.ts";

export interface Map {
  now(): Window;
  whole: Window;
  show(window: Window): void;
  svg: SVGSVGElement;
}

/** Dragging with one pointer moves the map, two pointers pinch it. */
export function followPointers(map: Map): void {
  const down = new globalThis.Map<number, DOMPoint>();
  let dragged = 0;
  map.svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    down.set(event.pointerId, new DOMPoint(event.clientX, event.clientY));
    dragged = 0;
  });
  map.svg.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const after = new DOMPoint(event.clientX, event.clientY);
    dragged += distance(before, after);
    // Captured only once it is a drag, or a click on a link would end on the map instead.
    if (dragged > 4 && !map.svg.hasPointerCapture(event.pointerId)) map.svg.setPointerCapture(event.pointerId);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) pinch(map, other, before, after);
    else drag(map, before, after);
    down.set(event.pointerId, after);
  });
  for (const ended of ["pointerup", "pointercancel"] as const) map.svg.addEventListener(ended, (event) => down.delete(event.pointerId));
  map.svg.addEventListener("click", (event) => dragged > 4 && event.preventDefault(), { capture: true });
}

function drag(map: Map, before: DOMPoint, after: DOMPoint): void {
  const [from, to] = [placeOf(map.svg, before), placeOf(map.svg, after)];
  const now = map.now();
  map.show(inside({ ...now, x: now.x - (to.x - from.x), y: now.y - (to.y - from.y) }, map.whole));
}

function pinch(map: Map, still: DOMPoint, before: DOMPoint, after: DOMPoint): void {
  const middle = placeOf(map.svg, new DOMPoint((still.x + after.x) / 2, (still.y + after.y) / 2));
  const factor = distance(still, after) / Math.max(distance(still, before), 1);
  map.show(zoomed(map.now(), map.whole, factor, middle.x, middle.y));
}

/** Where a point of the screen lies on the map, in the map's units. */
export function placeOf(svg: SVGSVGElement, screen: DOMPoint): DOMPoint {
  const matrix = svg.getScreenCTM();
  return matrix ? screen.matrixTransform(matrix.inverse()) : screen;
}

function distance(a: DOMPoint, b: DOMPoint): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
