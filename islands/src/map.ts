/**
 * Looks closer at a map that the service has drawn: `<figure data-map>` around an `<svg viewBox>`.
 *
 * Only the view box changes, and `--closer`, by which the stylesheet keeps marks and words at their size. Wheel with Ctrl or a
 * focused map, drag, pinch; arrows, +, - and 0 by keyboard; buttons with `data-map-zoom`.
 */
import { tellDetails } from "./map/details.ts";
import { followPointers, placeOf, type Map } from "./map/pointers.ts";
import { moved, zoomed, type Window } from "./map/window.ts";

const STEP = 1.5;
/** Pixels; a narrower map is a phone's. */
const SMALL = 600;
const KEYS: Record<string, (now: Window, whole: Window) => Window> = {
  ArrowLeft: (now, whole) => moved(now, whole, -0.15, 0),
  ArrowRight: (now, whole) => moved(now, whole, 0.15, 0),
  ArrowUp: (now, whole) => moved(now, whole, 0, -0.15),
  ArrowDown: (now, whole) => moved(now, whole, 0, 0.15),
  "+": (now, whole) => fromMiddle(now, whole, STEP),
  "=": (now, whole) => fromMiddle(now, whole, STEP),
  "-": (now, whole) => fromMiddle(now, whole, 1 / STEP),
  "0": (_, whole) => whole,
};
const BUTTONS: Record<string, string> = { in: "+", out: "-", whole: "0" };

function fromMiddle(now: Window, whole: Window, factor: number): Window {
  return zoomed(now, whole, factor, now.x + now.width / 2, now.y + now.height / 2);
}

function start(figure: HTMLElement): void {
  const svg = figure.querySelector<SVGSVGElement>("svg[viewBox]");
  if (!svg || figure.dataset["mapStarted"] !== undefined) return;
  figure.dataset["mapStarted"] = "";
  const map = opened(svg);
  followPointers(map);
  followWheel(map);
  followKeys(map);
  followButtons(figure, map);
  tellDetails(figure);
}

function opened(svg: SVGSVGElement): Map {
  const { x, y, width, height } = svg.viewBox.baseVal;
  const whole = { x, y, width, height };
  let now: Window = whole;
  const show = (window: Window) => {
    now = window;
    // On a phone the whole map is a third as wide as it is drawn: marks keep their size, and names wait for a closer look.
    const small = svg.clientWidth < SMALL ? svg.clientWidth / whole.width : 1;
    svg.setAttribute("viewBox", [window.x, window.y, window.width, window.height].map((each) => each.toFixed(2)).join(" "));
    svg.style.setProperty("--closer", String((whole.width / window.width) * small));
    svg.classList.toggle("small", small < 1);
    svg.classList.toggle("closer", window.width < whole.width);
  };
  new ResizeObserver(() => show(now)).observe(svg);
  return { svg, whole, show, now: () => now };
}

function followWheel({ svg, whole, show, now }: Map): void {
  svg.addEventListener("wheel", (event) => {
    // Without Ctrl the wheel scrolls the page past the map, as it does past a picture.
    if (!event.ctrlKey && document.activeElement !== svg) return;
    event.preventDefault();
    const at = placeOf(svg, new DOMPoint(event.clientX, event.clientY));
    show(zoomed(now(), whole, Math.exp(-event.deltaY / 400), at.x, at.y));
  }, { passive: false });
}

function followKeys({ svg, whole, show, now }: Map): void {
  svg.addEventListener("keydown", (event) => {
    const change = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!change) return;
    event.preventDefault();
    show(change(now(), whole));
  });
}

function followButtons(figure: HTMLElement, { whole, show, now }: Map): void {
  for (const button of figure.querySelectorAll<HTMLButtonElement>("[data-map-zoom]")) {
    button.hidden = false;
    const change = KEYS[BUTTONS[button.dataset["mapZoom"] ?? ""] ?? ""];
    if (change) button.addEventListener("click", () => show(change(now(), whole)));
  }
}

const all = () => document.querySelectorAll<HTMLElement>("[data-map]").forEach(start);
all();
document.addEventListener("htmx:load", all);
