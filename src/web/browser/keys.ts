const stored = "embudo:single-keys";

/** Single keys that act; they can be switched off, and never act while something is typed. */
export function watchKeys(): void {
  const help = document.getElementById("keys");
  const check = document.getElementById("single-keys");
  if (!(help instanceof HTMLDialogElement) || !(check instanceof HTMLInputElement)) return;
  check.checked = localStorage.getItem(stored) !== "off";
  check.addEventListener("change", () => localStorage.setItem(stored, check.checked ? "on" : "off"));
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Escape") return closeTop();
    if (isTyping(event.target) || help.open || (!check.checked && event.key !== "?")) return;
    const acted = event.key === "?" ? (help.showModal(), true) : act(before === "g" ? `g ${event.key}` : event.key);
    before = event.key === "g" ? "g" : "";
    if (acted) event.preventDefault();
  });
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const actions: Readonly<Record<string, () => boolean>> = {
  "[": () => press('[aria-keyshortcuts="["]'),
  "]": () => press('[aria-keyshortcuts="]"]'),
  c: () => press('[aria-keyshortcuts="c"]'),
  t: () => press('[aria-keyshortcuts="t"]'),
  e: () => explainFocused(),
  f: () => focusOn(".filters select"),
  "g h": () => press(".rail a.brand"),
  p: () => (window.print(), true),
};

const act = (key: string): boolean => (Object.hasOwn(actions, key) ? (actions[key]?.() ?? false) : false);

function press(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.click();
  return found !== null;
}

function focusOn(selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector);
  found?.focus();
  return found !== null;
}

/** Explains the number of the tile or row that has the focus, or else the page's first. */
function explainFocused(): boolean {
  const near = document.activeElement?.closest("[data-kpi], tr")?.querySelector<HTMLElement>("a[data-explain]");
  (near ?? document.querySelector<HTMLElement>("main a[data-explain]"))?.click();
  return true;
}

/** Closes what lies on top: an open list first, then the explanation. */
function closeTop(): void {
  const open = document.querySelector<HTMLDetailsElement>("details.more[open], details.sheet[open]");
  if (open === null) return void press("a[data-close]");
  open.open = false;
  open.querySelector<HTMLElement>("summary")?.focus();
}
