import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../src/ask/api.ts";
import { sync } from "../src/cli/operations.ts";
import type { Attribution } from "../src/contract/attribution.ts";
import type { ViewThrough } from "../src/contract/view-through.ts";
import { campaigns } from "../src/sources/demo/campaigns.ts";
import { writeDemo } from "../src/sources/demo/index.ts";
import { random } from "../src/sources/demo/random.ts";
import type { truth } from "../src/sources/demo/truth.ts";
import { openWorkspace } from "../src/workspace/workspace.ts";

/** What Embudo says of one simulated company, and what its `truth.json` knows. */
export interface Simulated {
  readonly seed: number;
  readonly truth: ReturnType<typeof truth>;
  readonly byChannel: Attribution;
  readonly byCampaign: Attribution;
  readonly band: ViewThrough;
}

/** How large the companies are, and under which settings each verdict is reached. */
export interface Size {
  readonly leads: number;
  readonly touches: number;
  readonly settings: "all" | "models";
}

const today = "2026-11-23";
const now = () => new Date(`${today}T10:00:00Z`);
const plainSpend = "SELECT * FROM 'files/spend.csv'";
/** Prices are up to so many doublings above or below those of the demo: of each channel, and of each campaign besides. */
const doublings = { channel: 3, campaign: 1 };

/** The statement of spend by which this company pays other prices than the next: what brings much may be dear or a bargain. */
function pricedSpend(seed: number): string {
  const numbers = random(seed);
  const exponent = (most: number) => (numbers.next() * 2 - 1) * most;
  const channels = [...new Set(campaigns.map(({ channel }) => channel))];
  const ofChannel = new Map(channels.map((channel) => [channel, exponent(doublings.channel)]));
  const cases = campaigns.flatMap(({ name, channel }) =>
    name === undefined
      ? []
      : [`WHEN '${name}' THEN ${(2 ** ((ofChannel.get(channel) ?? 0) + exponent(doublings.campaign))).toFixed(4)}`],
  );
  const factor = `CASE campaign ${cases.join(" ")} ELSE 1 END`;
  return `SELECT * REPLACE (CAST(CAST(amount AS DOUBLE) * ${factor} AS DECIMAL(18, 2)) AS amount) FROM 'files/spend.csv'`;
}

async function asked(folder: string, settings: Size["settings"]): Promise<Omit<Simulated, "seed">> {
  const known = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")) as Simulated["truth"];
  const workspace = await openWorkspace(folder, { now });
  try {
    for (const outcome of await sync(workspace, {}, now, () => undefined))
      if ("problem" in outcome) throw new Error(outcome.problem.message);
    const api = openApi(workspace, now);
    const days = { from: known.from, to: known.to };
    return {
      truth: known,
      byChannel: await api.attribution({ ...days, by: "channel", settings }),
      byCampaign: await api.attribution({ ...days, by: "campaign", settings }),
      band: await api.viewThrough(days),
    };
  } finally {
    workspace.close();
  }
}

/** A company of its own seed and prices, loaded from its files like any other and asked through the Api. */
export async function simulated(seed: number, { leads, touches, settings }: Size): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), "embudo-truth-"));
  try {
    await writeDemo(folder, { leads, touches, seed, today });
    const file = join(folder, "embudo.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(plainSpend, pricedSpend(seed)));
    return { seed, ...(await asked(folder, settings)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
