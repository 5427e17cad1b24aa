import { late } from "./morning.ts";

/** The number that a lead shares with its deals, its invoices and all else of it: the digits of their keys. */
const numberIn = (key: string): string => `substr(split_part(${key}, '-', 1), 2)`;

/** SQL for the days by which a lead, and all that follows from it, was typed in late. */
export const leadDelay = (key: string): string => late(numberIn(key), "lead", 16, 10);

/** The same for the end of its deals, which some sellers note only days later, and for what it pays. */
export const saleDelay = (key: string): string => `${leadDelay(key)} + ${late(numberIn(key), "sale", 8, 9)}`;

/** The same for its touches. */
export const touchDelay = (key: string): string => late(numberIn(key), "touch", 25, 6);

/** SQL for the key of another kind that has the same number. */
export const keyOf = (letter: string, key: string): string => `'${letter}' || ${numberIn(key)}`;
