import { meta, text } from "../texts.ts";
import { differs, keyOf, next, unsent, type Kept } from "./kept.ts";

const PREFIX = "outwork.kept:";

/**
 * `<form data-keep="name">` keeps what is typed into it and offers it again after a new sign-in.
 *
 * A page that refuses what was sent says so with `data-refused` on any element; signing out, `<form data-forget>`, drops all.
 */
export function keepForms(): void {
  settle();
  document.querySelectorAll<HTMLFormElement>("form[data-keep]").forEach(offer);
  document.addEventListener("input", (event) => keep(formOf(event.target), "typed"));
  document.addEventListener("change", (event) => keep(formOf(event.target), "typed"));
  document.addEventListener("submit", (event) => sent(event.target as HTMLFormElement));
  document.addEventListener("htmx:afterRequest", answered);
}

/** Decides for every kept form what this page means for it. */
function settle(): void {
  for (const key of keys()) {
    const kept = load(key);
    if (!kept) continue;
    const fate = next(kept, pageKind(key));
    if (fate === "drop") sessionStorage.removeItem(key);
    else if (fate === "wait") store(key, unsent(kept));
  }
}

function pageKind(key: string): "signed-out" | "refused" | "shown" {
  const account = meta("account");
  // What another account typed waits for them; it is never offered, nor dropped, by a page of somebody else's.
  if (!account || !key.startsWith(`${PREFIX}${account}:`)) return "signed-out";
  return document.querySelector("[data-refused]") ? "refused" : "shown";
}

function offer(form: HTMLFormElement): void {
  const key = nameOf(form);
  const kept = key && load(key);
  if (!key || !kept || !differs(kept, fieldsOf(form))) return;
  fill(form, kept);
  form.prepend(notice(key));
}

function notice(key: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "notice";
  line.setAttribute("role", "status");
  line.append(`${text("island.keep.restored")} `);
  const discard = document.createElement("button");
  discard.type = "button";
  discard.textContent = text("island.keep.discard");
  discard.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    location.reload();
  });
  line.append(discard);
  return line;
}

function keep(form: HTMLFormElement | null, state: Kept["state"]): void {
  const key = form && nameOf(form);
  if (form && key) store(key, { state, version: versionOf(form)?.value ?? null, fields: fieldsOf(form) });
}

function sent(form: HTMLFormElement): void {
  if (form.matches("[data-forget]")) for (const key of keys()) sessionStorage.removeItem(key);
  else if (form.matches("[data-keep]")) keep(form, "sent");
}

function answered(event: Event): void {
  const { elt, successful, xhr } = (event as CustomEvent<{ elt: Element; successful: boolean; xhr: XMLHttpRequest }>).detail;
  const form = elt.closest<HTMLFormElement>("form[data-keep]");
  const key = form && nameOf(form);
  if (!form || !key) return;
  if (successful && xhr.status < 400) sessionStorage.removeItem(key);
  else keep(form, "typed");
}

/** Passwords and files are never kept, and hidden fields are the page's own. */
function fieldsOf(form: HTMLFormElement): [string, string][] {
  const secret = (name: string) => [...form.elements].some((each) => each instanceof HTMLInputElement && each.name === name && /^(password|file|hidden)$/.test(each.type));
  return [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !secret(pair[0]));
}

function fill(form: HTMLFormElement, kept: Kept): void {
  const values = Map.groupBy(kept.fields, ([name]) => name);
  for (const control of form.elements) {
    const given = "name" in control ? values.get(String(control.name))?.map(([, value]) => value) : undefined;
    if (control instanceof HTMLInputElement && /^(checkbox|radio)$/.test(control.type)) control.checked = given?.includes(control.value) ?? false;
    else if (control instanceof HTMLSelectElement) [...control.options].forEach((option) => (option.selected = given?.includes(option.value) ?? false));
    else if (given && isTyped(control)) control.value = given.shift() ?? "";
  }
  const version = versionOf(form);
  // The old version goes with the old text: the service then tells what somebody else changed meanwhile.
  if (version && kept.version !== null) version.value = kept.version;
}

function isTyped(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
  if (control instanceof HTMLTextAreaElement) return true;
  return control instanceof HTMLInputElement && !/^(password|file|hidden|submit|button|reset|image)$/.test(control.type);
}

function versionOf(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[type=hidden][name="version"]');
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>("form[data-keep]") : null;
}

function nameOf(form: HTMLFormElement): string | undefined {
  const account = meta("account");
  return account ? keyOf(account, location.pathname, form.dataset["keep"] ?? "") : undefined;
}

function keys(): string[] {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function load(key: string): Kept | undefined {
  const found = sessionStorage.getItem(key);
  return found ? (JSON.parse(found) as Kept) : undefined;
}

function store(key: string, kept: Kept): void {
  sessionStorage.setItem(key, JSON.stringify(kept));
}
