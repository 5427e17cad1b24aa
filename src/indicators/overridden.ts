import { partsOf } from "../engine/formula.ts";
import type { Clock, Indicator, Variant } from "./definition.ts";
import { isShare } from "./expression/share.ts";

/** What a company changes of one variant, or `made` anew from an expression. */
export interface VariantChange {
  readonly id: string;
  readonly title: string | undefined;
  readonly clock: Clock | undefined;
  readonly window: number | undefined;
  readonly made: Variant | undefined;
}

/** By another clock a share may be none: who got there in a period need not have come in it. */
function sharesStill({ parts, value, share }: Variant, clock: Clock): boolean {
  const [numerator, denominator] = partsOf(value).map((each) => parts[each]);
  return share && numerator !== undefined && denominator !== undefined && isShare(numerator, denominator, clock);
}

function changed(variant: Variant, { title, clock, window, made }: VariantChange): Variant {
  if (made !== undefined) return made;
  const first = clock ?? variant.clocks[0];
  const clocks = clock === undefined ? variant.clocks : [clock, ...variant.clocks.filter((each) => each !== clock)];
  return {
    ...variant,
    title: title ?? variant.title,
    clocks,
    window: window ?? variant.window,
    share: first === undefined || first === variant.clocks[0] ? variant.share : sharesStill(variant, first),
  };
}

/** A shipped indicator as a company changes it; undefined where the wanted default is none of its variants. */
export function overridden(
  shipped: Indicator,
  changes: readonly VariantChange[],
  first: string | undefined,
): Indicator | undefined {
  const rewritten = new Set(changes.filter((each) => each.made !== undefined).map((each) => each.id));
  const seen = new Set<string>();
  const kept = shipped.variants.flatMap((variant) => {
    const change = changes.find((each) => each.id === variant.id);
    if (change === undefined) return [variant];
    if (rewritten.has(variant.id) && seen.has(variant.id)) return [];
    seen.add(variant.id);
    return [changed(variant, change)];
  });
  const added = changes.flatMap(({ id, made }) => (made !== undefined && !seen.has(id) ? [made] : []));
  const variants = [...kept, ...added];
  const wanted = first === undefined ? variants : variants.filter((each) => each.id === first);
  if (wanted.length === 0) return undefined;
  return { ...shipped, variants: [...new Set([...wanted, ...variants])] };
}
