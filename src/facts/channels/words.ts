/** Media that are paid for, by click, by view or otherwise. */
export const paidMedia = [
  "*cp*",
  "ppc",
  "retargeting",
  "remarketing",
  "paid*",
  "*-paid",
  "sem",
  "ad",
  "ads",
  "*-ads",
  "pago*",
  "de-pago",
  "*-pago",
  "*-pagad*",
  "pauta*",
  "anuncio*",
  "publicidad",
  "sponsored",
  "patrocinad*",
] as const;

/** Names of campaigns that sell from a catalogue. */
export const shoppingCampaigns = ["*shopping*", "shop*", "*-shop*", "*eshop*", "*.shop*"] as const;

/** Names of campaigns that run on all networks of a platform at once. */
export const crossNetworkCampaigns = ["*cross-network*", "*pmax*", "*performance-max*", "*performancemax*"] as const;

/** Campaigns whose own name says that they are ads. */
export const paidCampaigns = [
  "*paid*",
  "*cpc*",
  "*ppc*",
  "*retargeting*",
  "*remarketing*",
  "*-ads",
  "ads-*",
  "*-ads-*",
  "*pauta*",
] as const;

export const searchAdMedia = [
  "sem",
  "paid-search",
  "paidsearch",
  "search-ads",
  "busqueda-pagada",
  "busqueda-de-pago",
] as const;
export const socialAdMedia = [
  "paid-social",
  "paidsocial",
  "social-paid",
  "social-ads",
  "social-cpc",
  "social-cpm",
  "social-ppc",
  "social-pago",
  "redes-pagad*",
  "redes-pago",
  "redes-sociales-pagad*",
  "social-media-ads",
] as const;
export const shoppingAdMedia = ["paid-shopping", "paidshopping", "shopping-ads"] as const;
export const videoAdMedia = ["paid-video", "paidvideo", "video-ads", "trueview", "cpv"] as const;
export const displayMedia = [
  "display",
  "banner",
  "banners",
  "expandable",
  "interstitial",
  "cpm",
  "programmatic",
  "programatica",
  "native",
  "nativa",
  "gdn",
  "rich-media",
] as const;

export const socialMedia = [
  "social",
  "social-network",
  "social-networks",
  "social-media",
  "sm",
  "social-organic",
  "organic-social",
  "socialorganico",
  "social-organico",
  "redes",
  "redes-sociales",
  "red-social",
  "rrss",
  "rs",
  "bio",
  "stories",
] as const;
export const searchMedia = ["organic", "organico", "organica", "organic-search", "busqueda-organica", "seo"] as const;
export const emailMedia = [
  "email",
  "e-mail",
  "emails",
  "mail",
  "mailing",
  "emailing",
  "correo",
  "correo-electronico",
  "boletin",
  "newsletter",
  "newsletters",
  "nurturing",
  "email-marketing",
  "emailmarketing",
] as const;
export const affiliateMedia = ["affiliate", "affiliates", "afiliado", "afiliados", "afiliacion"] as const;
export const audioMedia = ["audio", "podcast", "podcasts"] as const;
export const messagingMedia = [
  "sms",
  "whatsapp",
  "wa",
  "wsp",
  "telegram",
  "mensaje",
  "mensajes",
  "mensajeria",
  "rcs",
  "messenger",
  "chat",
] as const;
export const pushMedia = ["*push", "*mobile*", "*notification*", "notificacion*"] as const;

/** Words that name, as source or as medium, what no click brings. */
export const eventWords = [
  "event",
  "events",
  "evento",
  "eventos",
  "feria",
  "ferias",
  "webinar",
  "webinars",
  "congreso",
  "congresos",
  "conference",
  "conferencia",
  "trade-show",
  "tradeshow",
  "meetup",
  "expo",
] as const;
export const partnerWords = [
  "partner",
  "partners",
  "socio",
  "socios",
  "distribuidor",
  "distribuidores",
  "reseller",
  "resellers",
  "alianza",
  "alianzas",
] as const;
export const outboundWords = [
  "outbound",
  "cold-call",
  "cold-calling",
  "cold-email",
  "sdr",
  "bdr",
  "prospeccion",
  "prospecting",
  "llamada-en-frio",
  "puerta-fria",
] as const;
export const offlineWords = [
  "offline",
  "print",
  "qr",
  "tv",
  "radio",
  "prensa",
  "press",
  "flyer",
  "flyers",
  "folleto",
  "folletos",
  "catalogo",
  "cartel",
  "valla",
  "vallas",
  "buzoneo",
  "exterior",
  "direct-mail",
] as const;
export const referralWords = [
  "referral",
  "referrals",
  "referido",
  "referidos",
  "referer",
  "link",
  "enlace",
  "enlaces",
  "app",
  "recomendacion",
  "recomendado",
  "boca-a-boca",
  "word-of-mouth",
] as const;
