import { text } from "../texts.ts";

/** Says, at the top of the page, what went wrong with a partial update: nothing that was typed is lost, and what to do. */
export function tellTrouble(): void {
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail.xhr;
    if (status === 401) tell(text("island.page.expired"), text("island.page.sign-in"), () => location.reload());
    else tell(text("island.page.refused", { status }));
  });
  document.addEventListener("htmx:sendError", () => tell(text("island.page.unreachable")));
}

/** The service answers a page that nobody is signed in for with the sign-in page, and comes back to it: so reloading is enough. */
export function tell(sentence: string, doing?: string, act?: () => void): void {
  const line = document.createElement("p");
  line.className = "notice fault";
  line.id = "island-trouble";
  line.setAttribute("role", "alert");
  line.append(`${sentence} `);
  if (doing && act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = doing;
    button.addEventListener("click", act);
    line.append(button);
  }
  document.getElementById("island-trouble")?.remove();
  (document.querySelector("main") ?? document.body).prepend(line);
}
