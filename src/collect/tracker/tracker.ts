import { arrivalNow, type Arrival } from "./arrival.ts";
import { forget, storedId, storedTouches, storeId, storeTouches } from "./storage.ts";

/** What a page can call, as `embudo`. */
export interface Tracker {
  /** Tells that the visitor looks at another page; pages of single-page apps are noticed by themselves. */
  readonly page: () => void;
  readonly event: (name: string) => void;
  /** Tells who the visitor is, where they agreed to be known. */
  readonly identify: (user?: string | null, traits?: { email?: string }) => void;
  readonly consent: (state: "granted" | "denied") => void;
  /** Writes into a form, or all of them, where its sender came from. */
  readonly fill: (form?: HTMLFormElement) => void;
}

type Sent = Record<string, unknown>;

const script = document.currentScript as HTMLScriptElement;
const { site, consent: mode } = script.dataset;
const endpoint = new URL("e", script.src).href;
const files = /\.(pdf|docx?|xlsx?|pptx?|csv|zip|rar|7z|gz|dmg|exe|apk|mp[34]|avi|mov|txt|epub)$/i;
const robot = navigator.webdriver === true;
const isPrivate = mode === "never" || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
const now: Arrival = { ...arrivalNow(), landing_page: location.origin + location.pathname };

let queue: Sent[] = [];
/** How often the network came back. */
let returns = 0;
let path: string | undefined;
let previous = document.referrer;
let visitor: string | undefined;
let touches = { first: now, last: now };

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Sends what waits; what the server could not take, or never got, waits for the next time: at once where the network came back
 * before it was known that it had failed.
 */
async function flush(): Promise<void> {
  const events = queue.splice(0, 50);
  const before = returns;
  if (!events.length) return;
  const { status } = await fetch(endpoint, {
    method: "POST",
    body: JSON.stringify({ site, sent: Date.now(), visitor, robot, events }),
    keepalive: true,
    credentials: "omit",
  }).catch(() => ({ status: 503 }));
  if (status !== 429 && status < 500) return;
  queue = [...events, ...queue].slice(0, 200);
  if (before < returns) void flush();
}

function send(type: string, more?: Sent): void {
  queue.push({ id: newId(), type, at: Date.now(), url: location.href, referrer: previous, ...more });
  void flush();
}

function page(): void {
  if (path === location.pathname) return;
  if (path !== undefined) previous = location.origin + path;
  path = location.pathname;
  send("page");
}

/** Knows the visitor from now on. What they came by stays with them: the first time, and the last that says something. */
function remember(): void {
  const id = storedId();
  visitor = id && id !== "no" ? id : newId();
  const before = visitor === id ? (storedTouches() as typeof touches | undefined) : undefined;
  if (visitor !== id) storeId(visitor);
  // The page's own address alone says nothing.
  if (before) touches = { first: before.first, last: Object.keys(now).length > 1 ? now : before.last };
  storeTouches(touches);
}

const tracker: Tracker = {
  page,
  event: (name) => send("event", { name }),
  identify: (user, { email } = {}) => {
    if (visitor) send("identify", { user, email });
  },
  consent: (state) => {
    if (state === "granted" && !isPrivate) return visitor ? undefined : remember();
    visitor = undefined;
    forget();
    if (mode === "assumed") storeId("no");
  },
  fill: (form) => {
    for (const each of form ? [form] : document.forms) fill(each);
  },
};

function fill(form: HTMLFormElement): void {
  const values: Arrival = { ...touches.last };
  if (visitor) {
    values["embudo_visitor"] = visitor;
    for (const [name, value] of Object.entries(touches.first)) values[`first_${name}`] = value;
  }
  for (const [name, value] of Object.entries(values)) {
    let field = form.elements.namedItem(name) as HTMLInputElement | null;
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "hidden", name });
      form.append(field);
    }
    field.value ||= value;
  }
}

function onClick({ target }: Event): void {
  const link = (target as Element).closest?.<HTMLAnchorElement>("a[href]");
  if (!link) return;
  const { protocol, pathname, host } = link;
  if (/^(tel|mailto):$/.test(protocol)) send("event", { name: protocol.slice(0, -1) });
  else if (files.test(pathname)) send("event", { name: `download ${pathname.split("/").pop()}` });
  else if (protocol.startsWith("http") && host !== location.host) send("event", { name: `outbound ${host}` });
}

function onSubmit({ target }: Event): void {
  const form = target as HTMLFormElement;
  send("form", {
    form: form.getAttribute("name") || form.id || new URL(form.getAttribute("action") || "", location.href).pathname,
  });
}

function start(): void {
  const id = storedId();
  // A browser that objects keeps nothing of before either.
  if (isPrivate && id) forget();
  if (!isPrivate && (id ? id !== "no" : mode === "assumed")) remember();
  for (const name of ["pushState", "replaceState"] as const) {
    const own = history[name];
    history[name] = function (...all) {
      own.apply(this, all);
      page();
    };
  }
  addEventListener("popstate", page);
  addEventListener("online", () => {
    returns++;
    void flush();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) path = undefined;
    page();
  });
  for (const name of ["click", "auxclick"]) document.addEventListener(name, onClick, true);
  document.addEventListener("submit", onSubmit, true);
  page();
}

(window as { embudo?: Tracker }).embudo = tracker;
const { prerendering } = document as { prerendering?: boolean };
if (prerendering) document.addEventListener("prerenderingchange", start, { once: true });
else start();
