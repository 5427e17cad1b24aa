import type { ExplainRequest } from "../contract/api.ts";
import { BucketName } from "../contract/bridge.ts";
import { oneOf, Usage } from "./options.ts";
import { questionOf } from "./question.ts";

/** The options that name the number that another one is held against. */
export const againstOptions = {
  against: { type: "string" },
  "against-where": { type: "string", multiple: true },
  "against-from": { type: "string" },
  "against-to": { type: "string" },
  "against-as-of": { type: "string" },
  "against-clock": { type: "string" },
  "against-part": { type: "string" },
  bucket: { type: "string" },
} as const;

export type AgainstValues = {
  readonly [K in Exclude<keyof typeof againstOptions, "against-where">]?: string | undefined;
} & {
  readonly "against-where"?: readonly string[] | undefined;
};

/** `left:another-period` is a side and a reason. */
function bucketOf(text: string): BucketName {
  const [side, ...reason] = text.split(":");
  const named = oneOf(side, "bucket", BucketName.shape.side.options);
  if (named === undefined || reason.length === 0)
    throw new Usage(`--bucket takes a side and a reason, such as left:not-reached, not ${text}`);
  return { side: named, reason: reason.join(":") };
}

/** What the options say of the other number; nothing without `--against`. */
export function againstOf(values: AgainstValues): Partial<ExplainRequest> {
  const { against, bucket, "against-part": part } = values;
  const stray = Object.entries(values).find(([, value]) => value !== undefined);
  if (against === undefined && stray !== undefined) throw new Usage(`--${stray[0]} needs --against INDICATOR`);
  if (against === undefined) return {};
  const question = questionOf([against], {
    where: values["against-where"],
    from: values["against-from"],
    to: values["against-to"],
    "as-of": values["against-as-of"],
    clock: values["against-clock"],
  });
  return {
    against: question,
    ...(part === undefined ? {} : { againstPart: part }),
    ...(bucket === undefined ? {} : { bucket: bucketOf(bucket) }),
  };
}
