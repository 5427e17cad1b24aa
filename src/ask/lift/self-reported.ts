import type { ViewThrough } from "../../contract/view-through.ts";
import { tryChannel } from "../channels.ts";
import type { Context } from "../draft.ts";
import type { Ask } from "./ask.ts";

/** The channel that an answer means: that of a known sender, such as a search engine, or a channel's own name. */
function channelOf(said: string, { settings }: Context): string | null {
  const { channel, found } = tryChannel({ kind: "lead", source: said }, settings.channels);
  return found["from"] === undefined ? null : channel;
}

/** What the leads of the days said when they were asked, those that said nothing as null. */
export async function selfReported(
  days: { readonly from: string; readonly to: string; readonly asOf?: string | undefined },
  context: Context,
  ask: Ask,
): Promise<ViewThrough["answers"]> {
  const { rows } = await ask({ indicator: "leads", by: ["self_reported_source"], ...days });
  return rows.map(({ key, value }) => {
    const answer = key["self_reported_source"] ?? null;
    return { answer, channel: answer === null ? null : channelOf(answer, context), leads: value ?? 0 };
  });
}
