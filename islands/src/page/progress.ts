import htmx from "htmx.org";
import { text } from "../texts.ts";

/** What the service sends while a job runs: the share that is done, 0 to 1 and absent while unknown, and a sentence. */
interface Progress {
  share?: number;
  text?: string;
}

const WATCHED = "watched";
/** Milliseconds between two sentences that a screen reader is given; more would talk over everything else. */
const SPOKEN_EVERY = 8000;

/** Follows the jobs that a page shows: `<section data-progress="events" data-progress-end="fragment">`. */
export function watchProgress(): void {
  const all = () => document.querySelectorAll<HTMLElement>("[data-progress]").forEach(follow);
  all();
  document.addEventListener("htmx:load", all);
}

function follow(job: HTMLElement): void {
  if (job.dataset[WATCHED] !== undefined) return;
  job.dataset[WATCHED] = "";
  const events = new EventSource(job.dataset["progress"] ?? "");
  const spoken = speaker(job);
  events.addEventListener("progress", (event) => {
    if (!job.isConnected) return events.close();
    const said = JSON.parse((event as MessageEvent<string>).data) as Progress;
    show(job, said);
    if (said.text) spoken(said.text);
  });
  events.addEventListener("end", () => {
    events.close();
    reload(job);
  });
  events.addEventListener("error", () => {
    // A browser tries again by itself, unless the answer was no stream at all: then the session or the job is gone.
    show(job, { text: text(events.readyState === EventSource.CLOSED ? "island.progress.gone" : "island.progress.lost") });
  });
}

function show(job: HTMLElement, said: Progress): void {
  const bar = job.querySelector("progress");
  if (bar && said.share !== undefined) bar.value = said.share * bar.max;
  const line = job.querySelector("[data-progress-text]");
  if (line && said.text !== undefined) line.textContent = said.text;
}

function reload(job: HTMLElement): void {
  const fragment = job.dataset["progressEnd"];
  if (fragment) void htmx.ajax("get", fragment, { target: job, swap: "outerHTML" });
  else location.reload();
}

/** Says a sentence to screen readers, at most once in a while. */
function speaker(job: HTMLElement): (sentence: string) => void {
  const live = document.createElement("p");
  live.className = "spoken";
  live.setAttribute("role", "status");
  job.append(live);
  let last = -SPOKEN_EVERY;
  return (sentence) => {
    if (performance.now() - last < SPOKEN_EVERY) return;
    last = performance.now();
    live.textContent = sentence;
  };
}
