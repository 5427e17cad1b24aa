const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  formats.set(zone, made);
  return made;
}

/** The day on which an instant falls in a zone. */
export const dayOf = (instant: string, zone: string): string => wallClock(zone).format(new Date(instant)).slice(0, 10);

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The same day so many months later, or the last one of a shorter month. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The instant (milliseconds) at which the day after begins in the zone. */
export function endOf(day: string, zone: string): number {
  const naive = Date.parse(plusDays(day, 1));
  const shown = Date.parse(`${wallClock(zone).format(new Date(naive)).replace(" ", "T")}Z`);
  return naive - (shown - naive);
}

export const earliest = (...all: (string | null | undefined)[]): string | null => {
  const known = all.filter((each) => each != null);
  return known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
};
