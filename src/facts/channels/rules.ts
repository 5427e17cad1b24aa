import { searchAdClicks, socialAdClicks } from "./click-ids.ts";
import type { Channel } from "./channels.ts";
import type { ChannelRule, Condition } from "./rule.ts";
import * as words from "./words.ts";

const rule = (id: string, channel: Channel, ...conditions: readonly Condition[]): ChannelRule => ({
  id,
  channel,
  conditions,
});

const eitherWord = (listed: readonly string[]): Condition[] => [{ medium: listed }, { source: listed }];

/**
 * The default channel grouping, in order: the first rule that holds decides. It follows the order of the grouping that web
 * analytics has made usual, with what comes from outside the web put before the referrals. Where nothing is known of a row,
 * no rule holds and it has no channel.
 */
export const defaultRules: readonly ChannelRule[] = [
  rule("referrer_spam", "other", { from: ["spam"] }),
  rule("cross_network", "cross_network", { campaign: words.crossNetworkCampaigns }, { medium: ["cross-network"] }),
  rule(
    "paid_shopping",
    "paid_shopping",
    { medium: words.shoppingAdMedia },
    { from: ["shopping"], paid: true },
    { campaign: words.shoppingCampaigns, paid: true },
  ),
  rule("video_ad_click", "video", { from: ["video"], click_id: searchAdClicks, untagged: true }),
  rule("display_ad_click", "display", { from: ["display"], untagged: true }),
  rule(
    "paid_search",
    "paid_search",
    { medium: words.searchAdMedia },
    { from: ["search"], paid: true },
    { from: ["search"], click_id: searchAdClicks },
    { click_id: searchAdClicks, untagged: true },
  ),
  rule(
    "paid_social",
    "paid_social",
    { medium: words.socialAdMedia },
    { from: ["social"], paid: true },
    { from: ["social"], campaign: words.paidCampaigns },
    { medium: words.socialMedia, campaign: words.paidCampaigns },
    { from: ["social"], click_id: socialAdClicks },
    { click_id: socialAdClicks, untagged: true },
  ),
  rule("paid_video", "video", { medium: words.videoAdMedia }, { from: ["video"], paid: true }),
  rule("display", "display", { medium: words.displayMedia }, { from: ["display"] }),
  rule("paid_other", "paid_other", { paid: true }),
  rule(
    "organic_shopping",
    "organic_shopping",
    { from: ["shopping"] },
    { campaign: words.shoppingCampaigns, from: ["search"] },
    { click_id: ["srsltid"], untagged: true },
  ),
  rule(
    "organic_social",
    "organic_social",
    { from: ["social"] },
    { medium: words.socialMedia },
    { click_id: ["fbclid", "epik"], untagged: true },
  ),
  rule("organic_video", "organic_video", { from: ["video"] }, { medium: ["*video*"] }),
  rule("ai_assistants", "ai_assistants", { from: ["ai"] }, { medium: ["ai", "ai-assistant", "llm", "ia"] }),
  rule("organic_search", "organic_search", { from: ["search"] }, { medium: words.searchMedia }),
  rule(
    "email",
    "email",
    { from: ["email"] },
    { medium: words.emailMedia },
    { click_id: ["mc_cid", "mc_eid", "_hsenc", "_hsmi"], untagged: true },
    { kind: ["email_open", "email_click"] },
  ),
  rule(
    "affiliates",
    "affiliates",
    { medium: words.affiliateMedia },
    { from: ["affiliates"] },
    { click_id: ["irclickid"], untagged: true },
  ),
  rule("audio", "audio", { medium: words.audioMedia }, { from: ["audio"] }),
  rule("messaging", "messaging", { medium: words.messagingMedia }, { from: ["messaging"] }),
  rule("push", "push", { medium: words.pushMedia }, { from: ["push"] }),
  rule("events", "events", ...eitherWord(words.eventWords)),
  rule("partner", "partner", ...eitherWord(words.partnerWords)),
  rule("outbound", "outbound", ...eitherWord(words.outboundWords)),
  rule("offline", "offline", ...eitherWord(words.offlineWords)),
  rule("own_site", "direct", { from: ["own", "returning"] }),
  rule("referral", "referral", ...eitherWord(words.referralWords), { source: ["*.*"] }),
  rule("direct", "direct", { from: ["direct"] }, { arrival: true, untagged: true }),
  rule("other", "other", { stated: true }),
];
