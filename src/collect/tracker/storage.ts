const key = "_emb";
/** Thirteen months. */
const longest = 34_128_000;

/** The first-party id, or `no` where its visitor said so. */
export const storedId = (): string | undefined => /(?:^|; )_emb=([^;]+)/.exec(document.cookie)?.[1];

const writeCookie = (value: string, seconds: number): void => {
  const secure = location.protocol === "https:" ? ";Secure" : "";
  document.cookie = `${key}=${value};path=/;max-age=${seconds};SameSite=Lax${secure}`;
};

export const storeId = (id: string): void => writeCookie(id, longest);

/** What a browser refuses to keep is not kept. */
export function storedTouches(): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "");
  } catch {
    return undefined;
  }
}

export function storeTouches(touches: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(touches));
  } catch {}
}

/** Removes all that was stored. */
export function forget(): void {
  writeCookie("", 0);
  try {
    localStorage.removeItem(key);
  } catch {}
}
