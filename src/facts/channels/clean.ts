function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** A source, medium or campaign as rules compare it: `Paid_Social`, `paid social` and `Paid%20Social` are all `paid-social`. */
export const cleaned = (text: string): string =>
  decoded(text)
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .trim()
    .replace(/[\s_]+/g, "-");

/** What comes before the path of an address, with its scheme; the same pattern runs as SQL. */
export const authorityPattern = "^(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*";

/** The host of an address or of a bare host, without `www.`; null where there is none. Apps have the name of their package. */
export function hostOf(address: string): string | null {
  const [authority = ""] = new RegExp(authorityPattern).exec(address.trim()) ?? [];
  const host = authority
    .replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "")
    .replace(/^.*@/s, "")
    .replace(/:\d*$/, "")
    .replace(/\.$/, "")
    .toLowerCase()
    .replace(/^www\./, "");
  return /^[^\s.:]+(\.[^\s.:]+)+$/u.test(host) ? host : null;
}

/** A parameter of an address: its value, as it is written there, is the first group. The same pattern runs as SQL. */
export const tagPattern = (parameter: string): string => `(?i)[?&#\\n]${parameter}=([^&#\\n]+)`;
