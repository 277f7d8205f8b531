/**
 * Light, dark or as the machine has it. Loaded as a plain script in the head, before the first paint, so that no page flashes
 * in the wrong colours; it imports nothing, so that it can be.
 */
const KEPT = "outwork.theme";

function chosen(): string {
  try {
    return localStorage.getItem(KEPT) ?? "auto";
  } catch {
    return "auto"; // a browser that keeps nothing still shows the page
  }
}

function show(theme: string): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset["themeChoice"] === theme));
  }
}

function choose(event: Event): void {
  const button = (event.target as Element | null)?.closest<HTMLElement>("[data-theme-choice]");
  if (!button) return;
  const theme = button.dataset["themeChoice"] ?? "auto";
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // As above: the choice then lasts for this page.
  }
  show(theme);
}

show(chosen());
document.addEventListener("DOMContentLoaded", () => show(chosen()));
document.addEventListener("click", choose);
