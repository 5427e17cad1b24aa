const head = "erased ";

/** The id that stands for a person who was erased: drawn at random, it says nothing of them. */
export const tombstoneOf = (drawn: string): string => head + drawn;

/** Whether an id stands for a person who was erased. */
export const isTombstone = (id: string): boolean => id.startsWith(head);
