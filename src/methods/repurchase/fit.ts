import { logLikelihood, type BgNbd, type Buyers } from "./likelihood.ts";
import { nelderMead } from "./nelder-mead.ts";

/** A model beyond this, in any parameter, says no more than that the purchases do not tell it. */
const farthest = 1e5;

/** A model with how well it fits. */
export interface Fitted extends BgNbd {
  readonly logLikelihood: number;
}

const modelAt = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
  r: Math.exp(r),
  alpha: Math.exp(alpha),
  a: Math.exp(a),
  b: Math.exp(b),
});

/**
 * The BG/NBD model of greatest likelihood, searched on the logarithm of its parameters and once more from where the search
 * stopped; undefined where the purchases do not tell it, as when nobody ever leaves.
 */
export function fitBgNbd(buyers: readonly Buyers[]): Fitted | undefined {
  const customers = buyers.reduce((sum, { count }) => sum + count, 0);
  if (customers === 0) return undefined;
  const miss = (at: readonly number[]): number => -logLikelihood(modelAt(at), buyers) / customers;
  const { at, value } = nelderMead(miss, nelderMead(miss, [0, 0, 0, 0]).at, 0.05);
  const model = modelAt(at);
  const isTold = Object.values(model).every((each) => each < farthest && each > 1 / farthest);
  return isTold ? { ...model, logLikelihood: -value * customers } : undefined;
}
