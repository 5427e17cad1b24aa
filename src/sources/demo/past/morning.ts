/** A morning on which the company was loaded, and which of its slips had been found by then. */
export interface Morning {
  /** An instant in ISO 8601, after Madrid's midnight and before anybody works. */
  readonly at: string;
  /** The day whose rate of the Mexican peso was mistyped, where that had not been put right yet. */
  readonly mistyped: string | undefined;
  /** Whether the leads with which somebody had tried the forms were removed. */
  readonly tidied: boolean;
  /** Whether the company's words meant by then what they mean today. */
  readonly defined: boolean;
}

const secondsOfDay = 86_400;

/** SQL for a whole number from 0 up to below `of`: the same for the same key and purpose, on every machine. */
export const lot = (key: string, purpose: string, of: number): string =>
  `CAST(md5_number_lower(${key} || ' ${purpose}') % ${of} AS INTEGER)`;

/** SQL for the days by which something came late: 1 to `most` in one case of `oneIn`, 0 in all others. */
export const late = (key: string, purpose: string, oneIn: number, most: number): string =>
  `CASE WHEN ${lot(key, purpose, oneIn)} = 0 THEN 1 + ${lot(key, `${purpose} days`, most)} ELSE 0 END`;

/** SQL for whether what happened at an instant was known by the morning, when it takes some days to be. */
export const by = ({ at }: Morning, instant: string, days: string | number = 0): string =>
  `epoch(${instant}) + ${secondsOfDay} * (${days}) <= ${Date.parse(at) / 1000}`;

/** The same for what has only a day: it is known the next morning. */
export const byDay = ({ at }: Morning, day: string, days: string | number = 0): string =>
  `${day} + (${days}) < DATE '${at.slice(0, 10)}'`;

/** SQL for a text where something holds, and for none elsewhere. */
export const textIf = (holds: string, value: string): string => `CAST(CASE WHEN ${holds} THEN ${value} END AS VARCHAR)`;

/** SQL for all columns of a table, some of them with another value. */
export const replacing = (table: string, values: Readonly<Record<string, string>>): string =>
  `${table}.* REPLACE (${Object.entries(values)
    .map(([column, value]) => `${value} AS ${column}`)
    .join(", ")})`;
