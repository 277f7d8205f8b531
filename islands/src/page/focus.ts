/** After a swap, who uses the keyboard or a screen reader is put where the new content is, unless they are already inside it. */
export function keepFocus(): void {
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = (event as CustomEvent<{ elt: Element }>).detail.elt;
    const asked = target.matches("[data-focus]") ? target : target.querySelector("[data-focus], [aria-invalid=true], [autofocus]");
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (asked instanceof HTMLElement) focus(asked);
    else if (lost && target instanceof HTMLElement && target.isConnected) focus(target);
  });
}

function focus(element: HTMLElement): void {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: false });
}
