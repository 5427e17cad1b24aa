import { seenKinds, weightAfter, type BehaviourLine, type FitLine, type MqlRule, type TouchCondition } from "./rule.ts";

/** What a lead's person did; `at` is in microseconds of the epoch, `path` the page without host, query and last slash. */
export interface LeadTouch {
  readonly touchId: string;
  readonly at: number;
  readonly kind: string;
  readonly path: string | null;
  readonly form: string | null;
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
}

/** A touch that counts at an instant: its points, its age in whole days, and what it is still worth, in millionths. */
export interface Worth {
  readonly line: number;
  readonly touch: LeadTouch;
  readonly points: number;
  readonly days: number;
  readonly worth: number;
}

const day = 86_400_000_000;

const among = (values: readonly string[], value: string | null): boolean =>
  values.length === 0 || (value !== null && values.includes(value));

function isOn(pattern: string, path: string | null): boolean {
  if (path === null) return false;
  const parts = pattern.replace(/(.)\/$/, "$1").split("*");
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return path === first;
  if (!path.startsWith(first) || path.length < first.length + last.length || !path.endsWith(last)) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = path.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= path.length - last.length;
}

/** Whether a touch is what a line asks for. */
export const isTouch = (line: TouchCondition, touch: LeadTouch): boolean =>
  (line.kinds.length === 0 ? !seenKinds.includes(touch.kind) : line.kinds.includes(touch.kind)) &&
  (line.urls.length === 0 || line.urls.some((url) => isOn(url, touch.path))) &&
  among(line.forms, touch.form) &&
  among(line.channels, touch.channel) &&
  among(line.campaigns, touch.campaign) &&
  among(line.contents, touch.content);

/** Whether a lead is what a line of fit asks for. */
export const isFit = ({ where }: FitLine, lead: Readonly<Record<string, string | null>>): boolean =>
  Object.entries(where).every(([column, values]) => among(values, lead[column] ?? null));

/** What a lead earns by what it is. */
export const fitOf = ({ fit }: MqlRule, lead: Readonly<Record<string, string | null>>): number =>
  fit.filter((line) => isFit(line, lead)).reduce((sum, { points }) => sum + points, 0);

const latest = (a: LeadTouch, b: LeadTouch): number => b.at - a.at || (a.touchId < b.touchId ? 1 : -1);

/** The touches that count at an instant (in microseconds), line by line and the latest first; of more than a line's most the latest. */
export function worthsAt(rule: MqlRule, touches: readonly LeadTouch[], instant: number): Worth[] {
  const recent = touches.filter(({ at }) => at <= instant && at > instant - rule.lookBackDays * day).toSorted(latest);
  const of = (line: BehaviourLine, place: number): Worth[] =>
    recent
      .filter((touch) => isTouch(line, touch))
      .slice(0, line.atMost ?? Infinity)
      .map((touch) => {
        const days = Math.floor((instant - touch.at) / day);
        return { line: place, touch, points: line.points, days, worth: line.points * weightAfter(days, rule) };
      });
  return rule.behaviour.flatMap(of);
}
