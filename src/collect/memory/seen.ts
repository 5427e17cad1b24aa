/** The events of late, by their key, so that one that is sent again is not kept again. */
export interface Seen {
  /** Whether an event is here already: a promise of when it is on the disk. */
  readonly find: (key: string) => Promise<void> | undefined;
  readonly add: (key: string, durable: Promise<void>) => void;
}

const durable = Promise.resolve();

/** Remembers so many keys at least, and twice as many at most. Keys that could not be written are forgotten. */
export function openSeen(least = 200_000): Seen {
  let newer = new Map<string, Promise<void>>();
  let older = new Map<string, Promise<void>>();
  function add(key: string, when: Promise<void>): void {
    if (newer.size >= least) [newer, older] = [new Map(), newer];
    const mine = newer;
    mine.set(key, when);
    when.then(
      () => mine.set(key, durable),
      () => mine.delete(key),
    );
  }
  return { find: (key) => newer.get(key) ?? older.get(key), add };
}
