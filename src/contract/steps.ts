/** What a step to readiness can be told by. */
export const stepDimensions = ["page", "form", "channel", "kind", "campaign", "content"] as const;
export type StepDimension = (typeof stepDimensions)[number];
