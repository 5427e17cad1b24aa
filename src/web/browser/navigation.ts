import { hrefOf } from "../address.ts";
import type { Page } from "../page.ts";
import { matchRoute, piecesOf } from "../routes.ts";
import { fetchPieces } from "./pieces.ts";

/** What the page is, what it asks for, and how it is drawn. */
interface Navigator {
  page: Page;
  draw: (page: Page) => void;
  asking: AbortController | undefined;
  /** The link that opened the explanation, to give the focus back to. */
  opener: string | undefined;
}

/** Follows links and forms without leaving the page: old numbers stay until the new ones are there. */
export function watchLinks(page: Page, draw: (page: Page) => void): void {
  const navigator: Navigator = { page, draw, asking: undefined, opener: undefined };
  document.addEventListener("click", (event) => onClick(navigator, event));
  document.addEventListener("submit", (event) => onSubmit(navigator, event));
  document.addEventListener("change", (event) => onChange(event));
  document.addEventListener(
    "embudo:go",
    (event) => void go(navigator, new URL((event as CustomEvent<string>).detail, location.href), true),
  );
  document.addEventListener("pointerover", (event) => prefetch(event));
  document.addEventListener("focusin", (event) => prefetch(event));
  window.addEventListener("popstate", () => void go(navigator, new URL(location.href), false));
}

const isOurs = (url: URL): boolean => url.origin === location.origin && matchRoute(url.pathname) !== undefined;

/** The link that a plain click follows, where it leads to a page of ours. */
function linkOf(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (link === null || link.target !== "" || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const isJump = url.pathname === location.pathname && url.search === location.search && url.hash !== "";
  return isOurs(url) && !isJump ? link : null;
}

function onClick(navigator: Navigator, event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = linkOf(event.target);
  if (link === null) return;
  event.preventDefault();
  if (link.hasAttribute("data-explain")) navigator.opener = link.getAttribute("href") ?? undefined;
  void go(navigator, new URL(link.href), true);
}

function onSubmit(navigator: Navigator, event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-soft")) return;
  event.preventDefault();
  const url = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value !== "") url.searchParams.append(name, value);
  void go(navigator, url, true);
}

/** Choosing is enough: a select of a filter form sends it, but not those that stand beside unsent dates. */
function onChange({ target }: Event): void {
  if (target instanceof HTMLInputElement && target.type === "radio" && target.form?.hasAttribute("data-soft"))
    return target.form.requestSubmit();
  if (target instanceof HTMLSelectElement && !target.closest(".popover")) {
    if (target.name === "p")
      for (const date of target.form?.querySelectorAll<HTMLInputElement>("input[type=date]") ?? []) date.value = "";
    target.form?.requestSubmit();
  }
}

const dataHref = (url: URL): string => `/api/page?${new URLSearchParams({ path: url.pathname + url.search })}`;

let early: { href: string; answer: Promise<Response>; at: number } | undefined;

/** Asks ahead for the page of a link under the pointer or the focus; one at a time, for a few seconds. */
function prefetch({ target }: Event): void {
  const link = linkOf(target);
  if (link === null) return;
  const url = new URL(link.href);
  const href = dataHref(url);
  if (early?.href === href && performance.now() - early.at < 5000) return;
  const answer = fetch(href, { priority: "low" });
  for (const asked of [answer, piecesFor(url)]) asked.catch(() => undefined);
  early = { href, answer, at: performance.now() };
}

const piecesFor = (url: URL) => fetchPieces(piecesOf(url.pathname));

function fetchPage(url: URL, signal: AbortSignal): Promise<Response> {
  const href = dataHref(url);
  const ready = early?.href === href && performance.now() - early.at < 5000 ? early.answer : undefined;
  early = undefined;
  return ready?.then((answer) => answer.clone()) ?? fetch(href, { signal });
}

/** Goes to a page: asks for its answers, draws it, and sets address, title, focus and scroll. */
async function go(navigator: Navigator, url: URL, push: boolean): Promise<void> {
  navigator.asking?.abort();
  const asking = new AbortController();
  navigator.asking = asking;
  setBusy(true);
  try {
    const [answer] = await Promise.all([fetchPage(url, asking.signal), piecesFor(url)]);
    if (!answer.ok && answer.status !== 404) throw new Error(`the page's data could not be had: ${answer.status}`);
    const next = (await answer.json()) as Page;
    if (asking.signal.aborted) return;
    show(navigator, next, url, push);
  } catch {
    if (!asking.signal.aborted) location.assign(url);
  }
}

function show(navigator: Navigator, next: Page, url: URL, push: boolean): void {
  const before = navigator.page;
  if (push) history.pushState(null, "", hrefOf(next.shell.address) + url.hash);
  navigator.page = next;
  for (const open of document.querySelectorAll("details.more[open], details.sheet[open]")) open.removeAttribute("open");
  const held = document.activeElement?.id;
  navigator.draw(next);
  if (held && document.activeElement === document.body) focus(`[id="${held}"]`);
  document.title = next.title;
  setBusy(false);
  moveFocus(navigator, before, next, url.hash);
  performance.mark("painted");
}

function setBusy(busy: boolean): void {
  document.getElementById("main")?.setAttribute("aria-busy", String(busy));
}

function moveFocus(navigator: Navigator, before: Page, next: Page, hash: string): void {
  const was = before.shell.address;
  const is = next.shell.address;
  if (was.path !== is.path) {
    window.scrollTo(0, 0);
    return focus("main h1");
  }
  if (hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: "start" });
  if (is.explain !== undefined && is.explain !== was.explain) return focus("#explain-title");
  if (is.explain === undefined && was.explain !== undefined) return focusOpener(navigator);
  announce(next);
}

const focus = (selector: string): void =>
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: selector === "main h1" });

function focusOpener(navigator: Navigator): void {
  const links = [...document.querySelectorAll<HTMLElement>("a[data-explain]")];
  (links.find((link) => link.getAttribute("href") === navigator.opener) ?? links[0])?.focus();
}

/** Tells those who do not see it that the numbers are new. */
function announce(page: Page): void {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = page.title;
}
