/**
 * Texts come from the service's catalogue: the page holds them as JSON in `<script type="application/json" id="island-texts">`.
 *
 * src/outwork/web/built.py lists the keys; a test compares that list with the calls of `text` here.
 */
let catalogue: Record<string, string> | undefined;

export function text(key: string, values: Record<string, string | number> = {}): string {
  catalogue ??= read();
  // A page that forgot a text shows its key, so that it is seen and mended.
  const found = catalogue[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function read(): Record<string, string> {
  const block = document.getElementById("island-texts");
  return block ? (JSON.parse(block.textContent ?? "{}") as Record<string, string>) : {};
}

export function meta(name: string): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
}
