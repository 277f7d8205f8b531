/**
 * What a person typed into a form, kept in this tab until the service says that it has it. Pure: no page and no storage here.
 *
 * state `typed`: not sent. `sent`: on its way, or refused by an expired session, which the next page shows.
 */
export interface Kept {
  state: "typed" | "sent";
  /** The version of what was edited when it was typed, so that the service can tell if somebody else changed it since. */
  version: string | null;
  fields: [name: string, value: string][];
}

/** What becomes of a kept form when the next page is shown. */
export type Next = "offer" | "drop" | "wait";

/**
 * @param page `signed-out`: the sign-in page, or any page without an account. `refused`: it carries what was sent back, with
 *     its faults. `shown`: any other page of the same account.
 */
export function next(kept: Kept, page: "signed-out" | "refused" | "shown"): Next {
  if (page === "signed-out" || page === "refused") return "wait";
  return kept.state === "sent" ? "drop" : "offer";
}

/** Kept as typed again: the session ended before the service took it, or it refused it. */
export function unsent(kept: Kept): Kept {
  return { ...kept, state: "typed" };
}

/** Storage is shared by whoever uses the tab, so the key names the account: nobody is offered what another typed. */
export function keyOf(account: string, path: string, form: string): string {
  return `outwork.kept:${account}:${path}:${form}`;
}

export function differs(kept: Kept, now: [string, string][]): boolean {
  const one = JSON.stringify(kept.fields.toSorted(byName));
  return one !== JSON.stringify(now.toSorted(byName));
}

function byName(a: [string, string], b: [string, string]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
