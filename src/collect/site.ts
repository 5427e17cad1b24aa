/** A website or program that events are taken from, as the workspace's settings say it. */
export interface Site {
  readonly origins: readonly string[];
  /** When a visitor is known again: never, once the page says that they agreed, or until it says that they did not. */
  readonly consent: "never" | "asked" | "assumed";
  /** Forms and events that make a lead. */
  readonly leads: readonly string[];
  /** The environment variable that holds the secret. */
  readonly secret?: string | undefined;
  /** How many proxies stand before the server. */
  readonly proxies: number;
  readonly per_second: number;
}

export type Sites = Readonly<Record<string, Site>>;
