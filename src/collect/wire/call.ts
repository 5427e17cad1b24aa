/** A request, as far as the collector looks at it. */
export interface Call {
  readonly header: (name: string) => string | undefined;
  readonly query: URLSearchParams;
  readonly body: string;
  /** The address of whoever is connected: a proxy, or the visitor. */
  readonly peer: string;
}

/** What is answered; a Problem is thrown. */
export interface Reply {
  readonly status: 200 | 202 | 204 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}
