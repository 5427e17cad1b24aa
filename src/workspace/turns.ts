const underWay = new WeakMap<object, Promise<unknown>>();

/** Work that changes what a workspace holds, or pretends to: each waits for the one before. */
export async function inTurn<T>(workspace: object, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(workspace) ?? Promise.resolve();
  const mine = before.then(work, work);
  underWay.set(workspace, mine);
  return mine;
}
