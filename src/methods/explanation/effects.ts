/** What a segment adds to a difference, in the unit of the value: by size, by its own value, by its share. */
export interface Effects {
  readonly volume: number;
  readonly rate: number;
  readonly mix: number;
  /** The sum of the three. */
  readonly total: number;
}

/** The effects with their sum; a negative zero is none. */
export const effects = ({ volume = 0, rate = 0, mix = 0 }: Partial<Omit<Effects, "total">>): Effects => ({
  volume: volume + 0,
  rate: rate + 0,
  mix: mix + 0,
  total: volume + rate + mix + 0,
});

/** The effects of all segments together. */
export const sumOfEffects = (all: readonly Effects[]): Effects =>
  all.reduce(
    (sum, each) => effects({ volume: sum.volume + each.volume, rate: sum.rate + each.rate, mix: sum.mix + each.mix }),
    effects({}),
  );
