import { z } from "zod";

const names = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);

/** An indicator as a scoreboard names it: `win-ratio:closed`, or spelt out. */
const ListedIndicator = z.union(
  [
    z
      .string()
      .regex(/^[^:\s]+(:[^:\s]+)?$/)
      .transform((text): { indicator: string; variant?: string | undefined } => {
        const [indicator = "", variant] = text.split(":");
        return variant === undefined ? { indicator } : { indicator, variant };
      }),
    z.strictObject({ indicator: z.string().min(1), variant: z.string().min(1).optional() }),
  ],
  "expected an indicator such as win-ratio:closed, or {indicator: win-ratio, variant: closed}",
);

/** The scoreboards of `embudo.yaml`: ordered sets of indicators with filters, of a team or a person. */
export const Scoreboards = z
  .record(
    z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, "expected a name of letters, digits and dashes, such as sales-north"),
    z.strictObject({
      title: z.string().min(1).optional(),
      filters: z.record(z.string().min(1), names).default({}),
      indicators: z.array(ListedIndicator).min(1, "expected at least one indicator"),
    }),
  )
  .default({});
