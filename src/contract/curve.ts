import { z } from "zod";

/** How a share grows with age: one step a day, from the estimate that takes rows still under way into account. */
export const Curve = z.object({
  /** The age in days up to which rows were followed. */
  window: z.number(),
  /** `kaplan-meier`, or `aalen-johansen` where something else can happen first. */
  method: z.enum(["kaplan-meier", "aalen-johansen"]),
  points: z.array(
    z.object({
      age: z.number(),
      /** Rows still under way at that age. */
      atRisk: z.number(),
      reached: z.number(),
      /** Rows that something else ended, e.g. lost deals. */
      rival: z.number(),
      value: z.number(),
      interval: z.tuple([z.number(), z.number()]),
    }),
  ),
});
export type Curve = z.infer<typeof Curve>;
