import { Agent, request } from "node:http";

const origin = "https://www.example.com";
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/** The settings of a site that these events are sent to. */
export const siteYaml = `sites:
  www:
    origins: [${origin}]
    per_second: 1000000
`;

/** Sends over connections that stay open. */
export interface Sender {
  /** The status of the answer, or nothing where none came. */
  readonly post: (path: string, body: string, headers?: Record<string, string>) => Promise<number | undefined>;
  readonly close: () => void;
}

export function openSender(url: string, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL(url);
  return {
    post: (path, body, headers = {}) =>
      new Promise((resolve) => {
        const sent = request(
          {
            agent,
            host: target.hostname,
            port: target.port,
            path,
            method: "POST",
            headers: { origin, "user-agent": browser, "content-length": Buffer.byteLength(body), ...headers },
          },
          (response) => {
            response.resume();
            response.once("end", () => resolve(response.statusCode));
            response.once("error", () => resolve(undefined));
          },
        );
        sent.once("error", () => resolve(undefined));
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** An event of the tracker, of one of ten thousand visitors. */
export const trackerBody = (id: string, nth: number): string =>
  JSON.stringify({
    site: "www",
    sent: Date.now(),
    visitor: `visitor-${nth % 10_000}`,
    events: [
      { id, type: "page", at: Date.now(), url: `${origin}/page-${nth % 50}`, referrer: "https://www.google.com/" },
    ],
  });

/** A batch of Segment's calls, of programs whose write key is the secret. */
export const segmentBatch = (ids: readonly string[], writeKey: string): string =>
  JSON.stringify({
    writeKey,
    batch: ids.map((messageId, nth) => ({
      type: "track",
      messageId,
      userId: `user-${nth % 10_000}`,
      event: "Order Completed",
      context: { page: { url: `${origin}/checkout` }, campaign: { source: "google", medium: "cpc", name: "crm" } },
    })),
  });
