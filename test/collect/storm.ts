import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openSender, segmentBatch, trackerBody } from "./sender.ts";

/** The secret of a workspace's site, once a program's call has made it be drawn. */
export async function secretIn(folder: string, url: string): Promise<string> {
  const sender = openSender(url, 1);
  await sender.post("/v1/track?site=www", "{}", { "x-signature": "none" });
  sender.close();
  return readFileSync(join(folder, "data", "collect", "secrets", "www.secret"), "utf8").trim();
}

/** What was sent and what was acknowledged, by id. */
export interface Storm {
  readonly acknowledged: Set<string>;
  readonly sent: Set<string>;
}

/**
 * Sends events without pause, one at a time and in batches, until the server is gone. What was sent before and not
 * acknowledged is sent again first, as senders do.
 */
export async function storm(url: string, secret: string, { acknowledged, sent }: Storm, name: string): Promise<void> {
  const sender = openSender(url, 16);
  const batch = async (ids: readonly string[]) => {
    for (const id of ids) sent.add(id);
    const status = await sender.post("/v1/batch", segmentBatch(ids, secret));
    if (status === 200) for (const id of ids) acknowledged.add(id);
    return status !== undefined;
  };
  const single = async (id: string, nth: number) => {
    sent.add(id);
    const status = await sender.post("/e", trackerBody(id, nth));
    if (status === 202) acknowledged.add(id);
    return status !== undefined;
  };
  const left = [...sent].filter((id) => !acknowledged.has(id) && id.startsWith("batch"));
  if (left.length > 0) await batch(left.slice(0, 2000));
  const until = async (once: (nth: number) => Promise<boolean>) => {
    for (let nth = 0; await once(nth); nth++);
  };
  await Promise.all([
    ...[0, 1, 2, 3].map((lane) =>
      until((nth) => batch(Array.from({ length: 50 }, (_, i) => `batch-${name}-${lane}-${nth}-${i}`))),
    ),
    ...[0, 1, 2, 3].map((lane) => until((nth) => single(`single-${name}-${lane}-${nth}`, nth))),
  ]);
  sender.close();
}
