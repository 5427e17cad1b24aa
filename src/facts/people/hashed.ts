import { createHash, createHmac } from "node:crypto";
import { raw, sql, type Sql } from "../../engine/sql.ts";

/** A name that identifies a person by itself, and how it is written alike: without its spaces and capitals, or its signs. */
export type Personal = "email" | "phone";

const mark = "#";
const kept = "#[0-9a-f]{32}";
const digest = "[0-9a-fA-F]{64}";
const block = 64;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** How an e-mail or a phone is written before it is hashed. */
export function written(name: string, kind: Personal): string {
  const plain = name.normalize("NFC").trim().toLowerCase();
  return kind === "email" ? plain : plain.replaceAll(/[^0-9+]/g, "").replace(/^00/, "+");
}

/**
 * What an e-mail or a phone becomes: an HMAC-SHA-256 (RFC 2104) of its SHA-256, so that a source that states the digest means
 * the same person as one that states the name, and so that nobody without the workspace's pepper can try names one by one.
 */
export function hashed(name: string, kind: Personal, pepper: string): string {
  if (new RegExp(`^${kept}$`).test(name)) return name;
  const inner = new RegExp(`^${digest}$`).test(name.trim()) ? name.trim().toLowerCase() : sha256(written(name, kind));
  return mark + createHmac("sha256", Buffer.from(pepper, "hex")).update(inner).digest("hex").slice(0, 32);
}

/** The key of an HMAC, filled up to a block and crossed with a byte, as a blob. */
function pad(pepper: string, byte: number): Sql {
  const key = Buffer.alloc(block);
  Buffer.from(pepper, "hex").copy(key);
  return sql`unhex(${Buffer.from(key.map((each) => each ^ byte)).toString("hex")})`;
}

const hmac = (inner: Sql, pepper: string): Sql =>
  sql`(${mark} || left(sha256(${pad(pepper, 0x5c)} || unhex(sha256(${pad(pepper, 0x36)} || encode(${inner})))), 32))`;

const plain = (cell: Sql): Sql => sql`lower(trim(nfc_normalize(${cell})))`;
const digits = (cell: Sql): Sql => sql`regexp_replace(regexp_replace(${plain(cell)}, '[^0-9+]', '', 'g'), '^00', '+')`;
const isDigest = (cell: Sql): Sql => sql`length(${cell}) = 64 AND regexp_full_match(${cell}, ${digest})`;

/** The hash as an expression over a cell of trimmed text. */
export const hashedSql = (cell: Sql, kind: Personal, pepper: string): Sql => sql`CASE
    WHEN regexp_full_match(${cell}, ${kept}) THEN ${cell}
    ELSE ${hmac(sql`CASE WHEN ${isDigest(cell)} THEN lower(${cell}) ELSE sha256(${kind === "email" ? plain(cell) : digits(cell)}) END`, pepper)} END`;

/** An id as it is, unless it is an e-mail or the digest of one: then what that becomes. */
export const hashedIdSql = (cell: Sql, pepper: string): Sql =>
  sql`CASE WHEN contains(${cell}, '@') OR (${isDigest(cell)}) THEN ${hashedSql(cell, "email", pepper)} ELSE ${cell} END`;

/** By what a name of a kind is recognised without being kept; nothing where there is no name. */
export const stampSql = (kind: Sql, cell: Sql, pepper: string): Sql =>
  sql`CASE WHEN ${cell} IS NOT NULL THEN ${hmac(sql`(${kind} || ':' || ${cell})`, pepper)} END`;

/** The same of a name that is no cell of a table. */
export const stamp = (kind: string, name: string, pepper: string): string =>
  mark + createHmac("sha256", Buffer.from(pepper, "hex")).update(`${kind}:${name}`).digest("hex").slice(0, 32);

/** Text without the e-mails in it; those of addresses may be written with %40. */
export const withoutEmails = (cell: Sql): Sql =>
  sql`CASE WHEN contains(${cell}, '@') OR contains(${cell}, '%40')
    THEN regexp_replace(${cell}, ${raw(`'[^\\s,;:/?&=#<>"]+(@|%40)[^\\s,;:/?&=#<>"]+'`)}, '(email)', 'g') ELSE ${cell} END`;
