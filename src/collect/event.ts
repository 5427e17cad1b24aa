/** What can happen on a site. */
export const types = ["page", "event", "form", "impression", "identify", "alias", "group"] as const;
export type EventType = (typeof types)[number];

/** One thing that happened, as its sender tells it: of the tracker, of Segment's calls and of the pixel alike. */
export interface WebEvent {
  /** The sender's own id of it: the same event, sent again, has the same. */
  readonly id: string;
  readonly type: EventType;
  /** When it happened and when it was sent, by the sender's clock, in milliseconds. */
  readonly at?: number | undefined;
  readonly sent?: number | undefined;
  /** The visitor's first-party id, which only exists where they agreed to it. */
  readonly visitor?: string | undefined;
  /** The company's own name of the person. */
  readonly user?: string | undefined;
  /** In plain text only until it is recorded. */
  readonly email?: string | undefined;
  /** Another name of the same person. */
  readonly previous?: string | undefined;
  readonly url?: string | undefined;
  readonly referrer?: string | undefined;
  /** What the sender says of where the visitor came from; the address says the rest. */
  readonly campaign?: ToldArrival | undefined;
  readonly ad?: string | undefined;
  readonly form?: string | undefined;
  readonly name?: string | undefined;
  /** Whether the browser says that a program drives it. */
  readonly robot?: boolean | undefined;
}

/** Where a visitor came from. */
export interface Arrival {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly term: string;
  readonly content: string;
  /** The name of the parameter and its value, such as `gclid:Cj0K`. */
  readonly click_id: string;
  readonly referrer: string;
  readonly landing_page: string;
}

/** Columns of a fact's row that are not empty. */
export type Row = Readonly<Record<string, string>>;

export type ToldArrival = { readonly [Name in keyof Arrival]?: Arrival[Name] | undefined };

/** Why an event is kept and counted but does not count as anything that people did. */
export const flags = ["bot", "prefetch", "flood", "late", "future", "no-consent"] as const;
export type Flag = (typeof flags)[number];
