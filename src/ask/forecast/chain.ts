import { canonical } from "../../contract/canonical.ts";
import { SealedForecast } from "../../contract/forecast.ts";
import { digestOf } from "../receipt/seal.ts";

/** The forecasts that are what was sealed, and the first line, counted from one, that is not. */
export interface Chain {
  readonly forecasts: readonly SealedForecast[];
  readonly altered: number | null;
}

const oneLine = (value: unknown): string => JSON.stringify(JSON.parse(canonical(value)));

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The forecast that a line is, where it is exactly what was sealed after the one before it. */
function opened(line: string, previous: string | null): SealedForecast | undefined {
  const found = SealedForecast.safeParse(parsed(line));
  if (!found.success) return undefined;
  const { digest, ...rest } = found.data;
  const isIntact = oneLine(found.data) === line && digest === digestOf(rest) && rest.previous === previous;
  return isIntact ? found.data : undefined;
}

/** Reads sealed forecasts until the first that is not what was sealed; what follows it is not believed either. */
export function chainOf(lines: readonly string[]): Chain {
  const forecasts: SealedForecast[] = [];
  for (const line of lines) {
    const next = opened(line, forecasts.at(-1)?.digest ?? null);
    if (next === undefined) return { forecasts, altered: forecasts.length + 1 };
    forecasts.push(next);
  }
  return { forecasts, altered: null };
}

/** A forecast as a line that is sealed after those of the chain. */
export function linked({ forecasts }: Chain, unsealed: Omit<SealedForecast, "previous" | "digest">): string {
  const content = { ...unsealed, previous: forecasts.at(-1)?.digest ?? null };
  return oneLine({ ...content, digest: digestOf(content) });
}
