/** A way to foretell a series from its own past. */
export interface Forecaster {
  readonly id: string;
  /** How many values it needs before it says anything, where so many make a season. */
  readonly needs: (season: number) => number;
  /** The next values, so many of them, of a series of which so many values make a season. */
  readonly forecast: (values: readonly number[], steps: number, season: number) => number[];
}
