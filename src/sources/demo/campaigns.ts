import { choice, type Choice } from "./random.ts";
import type { ChannelName, FormName } from "./channels.ts";
import type { Region } from "./places.ts";
import { products, type Product } from "./products.ts";

/** A campaign, or for channels without campaigns a source of traffic. */
export interface Campaign {
  readonly channel: ChannelName;
  readonly name?: string;
  readonly source: string;
  readonly medium: string;
  readonly region?: Region;
  readonly weight: number;
  /** Months of the year (0 is January) in which it runs; always, if not given. */
  readonly months?: readonly number[];
  readonly product?: Product;
  readonly landing: string;
  readonly term?: string;
  readonly referrer?: string;
  readonly ads?: readonly string[];
  readonly form?: FormName;
  readonly account?: "google-ads-es" | "google-ads-mx" | "meta-ads-es" | "linkedin-ads-es";
  /** Euros of media for each lead that it brings at the start of the span. */
  readonly costPerLead?: number;
  /** Euros of media for each lead of the company, for a campaign that brings none. */
  readonly idleCost?: number;
}

const { crm, facturas, talento } = products;
const google = {
  channel: "paid_search",
  source: "google",
  medium: "cpc",
  account: "google-ads-es",
  region: "es",
} as const;
const googleMexico = {
  channel: "paid_search",
  source: "google",
  medium: "cpc",
  account: "google-ads-mx",
  region: "latam",
} as const;
const meta = { channel: "paid_social", medium: "paid_social", account: "meta-ads-es" } as const;
const banner = { channel: "display", source: "google", medium: "display", account: "google-ads-es" } as const;
const organic = { channel: "organic_search", medium: "organic" } as const;
const social = { channel: "organic_social", medium: "social" } as const;
const mail = { channel: "email", source: "boletin", medium: "email" } as const;
const referral = { channel: "referral", medium: "referral" } as const;
const fair = { channel: "events", source: "feria", medium: "evento" } as const;
const partner = { channel: "partner", medium: "partner" } as const;

export const campaigns: readonly Campaign[] = [
  {
    ...google,
    name: "Búsqueda · CRM",
    weight: 34,
    product: crm,
    landing: "/crm",
    term: "programa crm pymes",
    ads: ["CRM sin líos", "Prueba 14 días", "CRM en español"],
    costPerLead: 58,
  },
  {
    ...google,
    name: "Búsqueda · Facturación",
    weight: 30,
    product: facturas,
    landing: "/facturas",
    term: "software facturación verifactu",
    ads: ["Verifactu listo", "Factura en 1 minuto"],
    costPerLead: 49,
  },
  {
    ...google,
    name: "Búsqueda · Recursos humanos",
    weight: 16,
    product: talento,
    landing: "/talento",
    term: "programa control horario",
    ads: ["Control horario fácil", "Nóminas y vacaciones"],
    costPerLead: 63,
  },
  {
    ...google,
    name: "Búsqueda · Marca",
    weight: 20,
    landing: "/",
    term: "nubia software",
    ads: ["Nubia Software oficial"],
    costPerLead: 21,
  },
  {
    ...googleMexico,
    name: "Búsqueda · México CRM",
    weight: 55,
    product: crm,
    landing: "/mx/crm",
    term: "crm para empresas",
    ads: ["CRM para tu negocio", "Demo gratis"],
    costPerLead: 44,
  },
  {
    ...googleMexico,
    name: "Búsqueda · LatAm facturación",
    weight: 45,
    product: facturas,
    landing: "/mx/facturas",
    term: "factura electrónica",
    ads: ["Factura electrónica ya", "Timbrado incluido"],
    costPerLead: 40,
  },
  {
    ...meta,
    source: "facebook",
    name: "Social · Guía Verifactu",
    weight: 34,
    product: facturas,
    landing: "/guia-verifactu",
    form: "guia",
    ads: ["Guía gratis", "Evita la multa", "Carrusel Verifactu"],
    costPerLead: 13,
  },
  {
    ...meta,
    source: "instagram",
    name: "Social · Historias de clientes",
    weight: 24,
    landing: "/clientes",
    ads: ["Vídeo Clínica Ribera", "Vídeo Talleres Arganda"],
    costPerLead: 17,
  },
  {
    ...meta,
    source: "facebook",
    name: "Webinar facturación",
    weight: 22,
    product: facturas,
    landing: "/webinar-facturacion",
    form: "guia",
    months: [0, 1, 2, 3, 4, 8, 9, 10],
    ads: ["Plazas limitadas", "Webinar con asesora"],
    costPerLead: 15,
  },
  {
    ...meta,
    source: "linkedin",
    account: "linkedin-ads-es",
    name: "LinkedIn · Plantilla de vacaciones",
    weight: 12,
    product: talento,
    landing: "/plantilla-vacaciones",
    form: "guia",
    ads: ["Plantilla Excel", "RR. HH. sin Excel"],
    costPerLead: 26,
  },
  {
    ...meta,
    source: "facebook",
    name: "Social · Black Friday",
    weight: 30,
    landing: "/black-friday",
    months: [10],
    ads: ["-40 % anual", "Última semana"],
    costPerLead: 14,
  },
  {
    ...banner,
    name: "Display · Prospección pymes",
    weight: 60,
    landing: "/",
    ads: ["Banner azul", "Banner ahorro"],
    costPerLead: 84,
  },
  {
    ...banner,
    name: "Display · Retargeting",
    weight: 40,
    landing: "/demo",
    ads: ["Vuelve a la demo", "Oferta bienvenida"],
    costPerLead: 58,
  },
  { ...banner, name: "Display · Marca 2019", weight: 0, landing: "/", ads: ["Banner antiguo"], idleCost: 0.25 },
  { ...organic, source: "google", weight: 88, landing: "/", referrer: "https://www.google.com/" },
  {
    ...organic,
    source: "google",
    weight: 40,
    landing: "/blog/que-es-verifactu",
    product: facturas,
    referrer: "https://www.google.com/",
  },
  { ...organic, source: "bing", weight: 9, landing: "/", referrer: "https://www.bing.com/" },
  { ...social, source: "linkedin", weight: 60, landing: "/blog", referrer: "https://www.linkedin.com/" },
  { ...social, source: "instagram", weight: 40, landing: "/clientes", referrer: "https://www.instagram.com/" },
  { ...mail, name: "Boletín mensual", weight: 45, landing: "/blog" },
  { ...mail, name: "Nutrición · Facturación", weight: 30, product: facturas, landing: "/facturas" },
  { ...mail, name: "Nutrición · CRM", weight: 25, product: crm, landing: "/crm" },
  {
    ...referral,
    source: "comparasoftware.example",
    weight: 60,
    landing: "/crm",
    referrer: "https://comparasoftware.example/crm",
  },
  {
    ...referral,
    source: "gestorias.example",
    weight: 40,
    landing: "/facturas",
    product: facturas,
    referrer: "https://gestorias.example/programas",
  },
  { channel: "direct", source: "(direct)", medium: "(none)", weight: 1, landing: "/" },
  { ...fair, name: "Feria Accelera Pyme", region: "es", weight: 60, landing: "/feria" },
  { ...fair, name: "Desayunos Nubia", region: "es", weight: 40, landing: "/desayunos" },
  { ...fair, name: "Expo Pyme CDMX", region: "latam", weight: 1, landing: "/mx/expo" },
  { ...partner, source: "asesorias", name: "Programa asesorías", region: "es", weight: 1, landing: "/asesorias" },
  {
    ...partner,
    source: "distribuidores",
    name: "Distribuidores LatAm",
    region: "latam",
    weight: 1,
    landing: "/mx/distribuidores",
  },
];

/** The share of a campaign's leads that each of its ads brings: the first half again as much as the next. */
export const adShares = (campaign: Campaign): Choice<number> =>
  choice([...(campaign.ads ?? []).keys()], (index) => 1.5 ** -index);

/** Ad shares by campaign, worked out once. */
export const ads: ReadonlyMap<Campaign, Choice<number>> = new Map(
  campaigns.map((campaign) => [campaign, adShares(campaign)]),
);

function running(channel: ChannelName, region: Region, monthOfYear: number): Choice<Campaign> {
  const runs = campaigns.filter(
    (campaign) =>
      campaign.channel === channel &&
      (campaign.region ?? region) === region &&
      (campaign.months?.includes(monthOfYear) ?? true) &&
      campaign.weight > 0,
  );
  return choice(runs, (campaign) => campaign.weight);
}

const names = [...new Set(campaigns.map((campaign) => campaign.channel))];
const months = Array.from({ length: 12 }, (_, month) => month);
const table = Object.fromEntries(
  names.map((name) => [
    name,
    {
      es: months.map((month) => running(name, "es", month)),
      latam: months.map((month) => running(name, "latam", month)),
    },
  ]),
) as Record<ChannelName, Record<Region, Choice<Campaign>[]>>;

/** The campaigns of a channel that run in a region in a month of the year. */
export const campaignsOf = (channel: ChannelName, region: Region, monthOfYear: number): Choice<Campaign> =>
  table[channel][region][monthOfYear] as Choice<Campaign>;
