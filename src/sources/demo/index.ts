import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exposedAmongPassers, passer } from "./anonymous.ts";
import { movedByImpressions } from "./channels.ts";
import { columns, factNames, type FactName } from "./columns.ts";
import { payMonth } from "./costs.ts";
import { csvLine } from "./csv.ts";
import { pursue } from "./deal.ts";
import { caughtUp, closeFiles, openFiles, type Files } from "./files.ts";
import { qualify } from "./funnel.ts";
import { recordGoals } from "./goals.ts";
import { journey } from "./journey.ts";
import { lead } from "./lead.ts";
import { countLead, recordIdentity, recordLead } from "./record-lead.ts";
import { recordSales } from "./record-sale.ts";
import { payMedia } from "./spend.ts";
import { tally, type Tally } from "./tally.ts";
import { emailOf } from "./team.ts";
import { truth } from "./truth.ts";
import { workspaceFiles, type WorkspaceFiles } from "./workspace.ts";
import { world, type DemoOptions, type World } from "./world.ts";

export type { DemoOptions } from "./world.ts";
export { mornings } from "./past/index.ts";
export { workspaceFiles, workspaceFilesThen, type WorkspaceFiles } from "./workspace.ts";

/** Rows written, by fact: `leads` and `touches` first, as the options call them. */
export type DemoCounts = Readonly<Record<FactName | "leads" | "touches", number>>;

const leadShareOfTouches = 0.55;
const mostPerBlock = 64;
const leastPerBlock = 8;
const touchesPerBlock = 2048;

interface Stage {
  readonly world: World;
  readonly files: Files;
  readonly tally: Tally;
  readonly perLead: number;
  readonly movedPassers: number;
}

function playLead({ world, files, tally, perLead }: Stage, index: number, mostTouches: number): number {
  const one = lead(world, index);
  const qualification = qualify(one, world);
  const deals = qualification.opportunityAt === undefined ? [] : pursue(one, world, qualification.opportunityAt);
  const isCustomer = recordSales(world, files, tally, one, deals);
  const walk = journey(world, one, qualification, perLead * leadShareOfTouches, mostTouches);
  recordLead(world, files, one, qualification, isCustomer);
  recordIdentity(world, files, one, walk.visitors);
  files.touch.add(walk.lines, walk.touches);
  countLead(world, tally, one, qualification, walk);
  return walk.touches;
}

async function playPassers(stage: Stage, firstLead: number, index: number, touches: number): Promise<number> {
  const { world, files, tally, movedPassers } = stage;
  const day = world.demand.dayAt((firstLead + 0.5) / world.options.leads);
  let next = index;
  for (let left = touches; left > 0; next++) {
    const one = passer(world, next, day, movedPassers, left);
    files.touch.add(one.lines, one.touches);
    left -= one.touches;
    if (movedByImpressions.has(one.channel.name)) tally.moved[one.exposed ? "exposed" : "unexposed"].people += 1;
    if (files.touch.behind()) await files.touch.ready();
  }
  return next;
}

async function playPeople(stage: Stage): Promise<void> {
  const { leads, touches, onProgress } = stage.world.options;
  const size = Math.min(
    mostPerBlock,
    Math.max(leastPerBlock, Math.floor(touchesPerBlock / Math.max(1, stage.perLead))),
  );
  const quota = (index: number): number => Math.floor((index / leads) * touches);
  let passers = 0;
  for (let first = 0; first < leads; first += size) {
    const end = Math.min(leads, first + size);
    let left = quota(end) - quota(first);
    for (let index = first; index < end; index++) left -= playLead(stage, index, left);
    passers = await playPassers(stage, first, passers, left);
    await caughtUp(stage.files);
    onProgress?.(end + quota(end), leads + touches);
  }
}

async function payEverything({ world, files, tally }: Stage): Promise<void> {
  const { calendar } = world;
  for (let day = 0; day < calendar.days; day++) {
    payMedia(world, files, tally, day);
    await caughtUp(files);
  }
  for (let month = 0; month < calendar.months; month++) payMonth(world, files, tally, month);
}

function recordTeam({ calendar, team }: World, files: Files): void {
  for (const { name, team: of, manager, role, startedOn, endedOn } of team.reps)
    files.rep.add(
      csvLine(columns.rep, {
        rep: name,
        name,
        team: of,
        manager,
        role,
        started_on: calendar.earlierDay(startedOn),
        ended_on: endedOn === undefined ? undefined : calendar.day(endedOn),
        email: emailOf(name),
      }),
      1,
    );
}

function recordRates({ calendar, rates }: World, files: Files): void {
  for (let day = 0; day <= calendar.days; day++)
    for (const currency of rates.foreign)
      files.rate.add(`${calendar.day(day)},${currency},${rates.text(currency, day)}\n`, 1);
}

function countRows(files: Files): DemoCounts {
  const rows = Object.fromEntries(factNames.map((name) => [name, files[name].rows()])) as Record<FactName, number>;
  return { leads: rows.lead, touches: rows.touch, ...rows };
}

/** Writes the files that say what the company's words mean, in the place of those that are there. */
export async function writeWorkspace(folder: string, files: WorkspaceFiles): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/**
 * Writes a workspace of a simulated company into `folder`: embudo.yaml, files/<fact>.csv for every fact, and truth.json
 * with what the simulation knows and the facts do not say. The same options give the same bytes; memory does not
 * grow with the size. `onProgress` counts leads and touches.
 */
export async function writeDemo(folder: string, options: DemoOptions): Promise<DemoCounts> {
  const company = world(options);
  const files = await openFiles(folder);
  const perLead = options.touches / options.leads;
  const movedPassers = exposedAmongPassers(perLead * (1 - leadShareOfTouches));
  const stage: Stage = { world: company, files, tally: tally(company), perLead, movedPassers };
  recordTeam(company, files);
  recordRates(company, files);
  await playPeople(stage);
  await payEverything(stage);
  recordGoals(company, files, stage.tally);
  await closeFiles(files);
  const counts = countRows(files);
  const { leads: _leads, touches: _touches, ...rows } = counts;
  await writeFile(join(folder, "truth.json"), `${JSON.stringify(truth(company, stage.tally, rows), undefined, 2)}\n`);
  await writeWorkspace(folder, workspaceFiles(options.today));
  return counts;
}
