import type { Day } from "../engine/time.ts";
import type { RuleInForce } from "../facts/mql/rule.ts";
import type { Indicator } from "../indicators/definition.ts";
import { indicators as shippedIndicators } from "../indicators/index.ts";
import { definitionFile, indicatorOf } from "./definition-file.ts";
import { mqlRule, rulesInForce } from "./mql-rule.ts";
import { company, type Recorded } from "./records.ts";
import { settingsAsStated, type Settings } from "./settings.ts";
import { kept } from "./yaml-file.ts";

/** One version of an indicator: Embudo's own, or one that the company recorded. */
export interface Version extends Omit<Recorded, "id" | "shipped"> {
  /** Whether the company wrote it. */
  readonly own: boolean;
  /** What it means; null where the company took it away. */
  readonly indicator: () => Indicator | null;
}

/** The definitions as they were known at an instant, or are now. */
export interface Defined {
  readonly settings: Settings;
  /** The versions of the rule by which a lead becomes an MQL, each with the days on which it is in force. */
  readonly mql: readonly RuleInForce[];
  /** Every indicator by the version in force on a day: the shipped ones in their order, then the company's own. */
  readonly inForce: (day: Day) => readonly Indicator[];
  /** The versions known then, the oldest first. */
  readonly versionsOf: (id: string) => readonly Version[];
  /** The version in force on a day; the first one for days before it. */
  readonly versionOn: (id: string, day: Day) => Version | undefined;
  /** A version by its number, whenever it became known. */
  readonly numbered: (id: string, version: number) => Version | undefined;
}

/** All that was ever defined. */
export interface Definitions {
  readonly recorded: readonly Recorded[];
  readonly asOf: (instant?: string) => Defined;
}

const shippedVersion = (shipped: Indicator): Version => ({
  version: shipped.version,
  effective: null,
  owner: null,
  by: null,
  body: null,
  since: null,
  own: false,
  indicator: () => shipped,
});

/** The version of a list that is in force on a day: of those that hold by then, the one that was decided last. */
export function inForceOn(versions: readonly Version[], day: Day): Version | undefined {
  return versions.findLast(({ effective }) => effective === null || effective <= day) ?? versions[0];
}

/** Builds a recorded version when it is first asked for. */
function versionOf(recorded: Recorded, shipped: Indicator | undefined, language: "es" | "en"): Version {
  const { id, shipped: _, ...rest } = recorded;
  let built: Indicator | undefined;
  const { body } = recorded;
  const indicator = () => {
    if (body === null) return shipped ?? null;
    const stated = kept(JSON.parse(body), definitionFile(id));
    built ??= { ...indicatorOf(stated, id, shipped, language), version: rest.version, effective: rest.effective };
    return built;
  };
  return { ...rest, own: body !== null, indicator };
}

/** The definitions of a company: the shipped ones with every version that was recorded of them and of its own. */
export function definitionsOf(
  recorded: readonly Recorded[],
  present: Settings,
  shipped: readonly Indicator[] = shippedIndicators,
): Definitions {
  const language = present.languages[0] ?? "en";
  const shippedAs = (id: string) => shipped.find((each) => each.id === id);
  const versions = new Map<string, Version[]>(shipped.map((each) => [each.id, [shippedVersion(each)]]));
  for (const each of recorded.filter(({ id }) => id !== company && id !== mqlRule)) {
    const before = versions.get(each.id) ?? [];
    versions.set(each.id, [...before, versionOf(each, shippedAs(each.id), language)]);
  }
  const settings = recorded.filter(({ id }) => id === company);

  function asOf(instant?: string): Defined {
    const known = ({ since }: Pick<Version, "since">) =>
      instant === undefined || since === null || Date.parse(since) <= Date.parse(instant);
    const versionsOf = (id: string) => (versions.get(id) ?? []).filter(known);
    const versionOn = (id: string, day: Day) => inForceOn(versionsOf(id), day);
    const then = settings.findLast(known) ?? settings[0];
    return {
      mql: rulesInForce(recorded.filter(known)),
      settings: instant === undefined || then?.body == null ? present : settingsAsStated(JSON.parse(then.body)),
      versionsOf,
      versionOn,
      numbered: (id, version) => versions.get(id)?.findLast((each) => each.version === version),
      inForce: (day) =>
        [...versions.keys()].flatMap((id) => {
          const indicator = versionOn(id, day)?.indicator();
          return indicator == null ? [] : [indicator];
        }),
    };
  }
  return { recorded, asOf };
}
