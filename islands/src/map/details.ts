/**
 * Details of what is pointed at or focused: `data-detail` of a mark, a line each, is shown in `[data-map-detail]`, and the flows
 * from and to it (`data-origin`, `data-destination` equal to its `data-site`) come to the front.
 */
export function tellDetails(figure: HTMLElement): void {
  const panel = figure.querySelector<HTMLElement>("[data-map-detail]");
  const told = (event: Event) => tell(figure, panel, (event.target as Element | null)?.closest("[data-detail]") ?? null);
  const untold = () => tell(figure, panel, null);
  figure.addEventListener("pointerover", told);
  figure.addEventListener("focusin", told);
  figure.addEventListener("pointerleave", untold);
  figure.addEventListener("focusout", untold);
  figure.addEventListener("keydown", (event) => event.key === "Escape" && untold());
}

function tell(figure: HTMLElement, panel: HTMLElement | null, mark: Element | null): void {
  const site = mark?.getAttribute("data-site") ?? null;
  for (const flow of figure.querySelectorAll("[data-origin]")) {
    const touches = site !== null && [flow.getAttribute("data-origin"), flow.getAttribute("data-destination")].includes(site);
    flow.classList.toggle("touched", touches || flow === mark);
  }
  figure.querySelector("svg")?.classList.toggle("told", mark !== null);
  if (!panel) return;
  panel.hidden = mark === null;
  panel.replaceChildren(...(mark?.getAttribute("data-detail") ?? "").split("\n").filter(Boolean).map(paragraph));
}

function paragraph(line: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = line;
  return made;
}
