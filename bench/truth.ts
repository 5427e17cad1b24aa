import { scoresOf, bandLines, verdictLines } from "./right.ts";
import { simulated, type Simulated, type Size } from "./simulated.ts";

/** Companies of about a hundred customers: small enough for chance to matter, large enough for some verdicts to be robust. */
const size: Size = { leads: 4000, touches: 16_000, settings: "models" };

/**
 * Holds verdicts and bands against simulated companies whose truth is known. A verdict is right where what the chosen model says
 * of a channel or campaign (it pays; it is better than another) is so of what it really **caused**: revenue that would not exist
 * without it, as `truth.json` has it, whoever was credited. A tie is wrong. Contested and unproven verdicts are scored by the
 * same rule, so that one sees what the verdict adds to the model alone. Each company pays other prices than the next: a
 * channel may lose money here and be a bargain there.
 */
export async function truthful(seeds: number, say: (line: string) => void): Promise<void> {
  const companies: Simulated[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    companies.push(await simulated(seed, size));
    if (seed % 20 === 0) say(`${seed} of ${seeds} companies`);
  }
  for (const line of [...verdictLines(scoresOf(companies)), ...bandLines(companies)]) say(line);
}
