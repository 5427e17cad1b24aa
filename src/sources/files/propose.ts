import type { Table } from "../../engine/table.ts";

/** Names under which exports in English and Spanish carry what a fact calls by its own name; the first ones are the surest. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  lead_id: ["id lead", "id prospecto", "id contacto", "mql id", "prospect id", "contact id"],
  deal_id: ["opportunity id", "id oportunidad", "id negocio", "id trato", "id deal", "deal"],
  customer_id: ["id cliente", "account id", "company id", "id cuenta", "id empresa", "client id", "cliente id"],
  revenue_id: [
    "invoice id",
    "id factura",
    "invoice number",
    "numero factura",
    "factura",
    "order id",
    "id pedido",
    "transaction id",
  ],
  touch_id: ["session id", "event id", "id evento", "id sesion", "message id"],
  created_at: [
    "fecha creacion",
    "fecha de creacion",
    "created",
    "create date",
    "created date",
    "creation date",
    "createdate",
    "created on",
    "fecha alta",
    "fecha de alta",
    "engage date",
    "first contact date",
    "creado",
    "creado el",
  ],
  closed_at: ["fecha cierre", "fecha de cierre", "close date", "closed date", "closedate", "won date", "cerrado el"],
  occurred_at: ["fecha", "date", "timestamp", "fecha y hora", "started at", "event time", "datetime"],
  occurred_on: [
    "fecha",
    "date",
    "fecha factura",
    "fecha de factura",
    "invoice date",
    "fecha emision",
    "payment date",
    "fecha pago",
    "fecha de pago",
    "converted at",
  ],
  entered_at: ["fecha entrada", "fecha de entrada", "entered", "fecha", "date", "changed at", "fecha cambio"],
  onboarded_at: ["fecha alta", "fecha de alta", "start date", "fecha inicio", "customer since", "cliente desde"],
  seen_at: ["fecha", "date", "last seen", "visto"],
  started_on: ["fecha inicio", "fecha de inicio", "start date", "hire date", "fecha ingreso"],
  ended_on: ["fecha fin", "fecha de fin", "end date", "fecha salida", "fecha baja"],
  period_start: ["periodo", "period", "mes", "month", "desde", "from"],
  day: ["fecha", "date", "dia", "date day", "reporting starts", "inicio del informe"],
  amount: [
    "importe",
    "monto",
    "valor",
    "close value",
    "deal value",
    "value",
    "total",
    "revenue",
    "ingresos",
    "price",
    "precio",
    "spend",
    "spent",
    "amount spent",
    "cost",
    "coste",
    "costo",
    "gasto",
    "inversion",
    "importe gastado",
  ],
  mrr_after: ["mrr", "monthly amount", "cuota mensual", "importe mensual", "monthly recurring revenue"],
  target: ["objetivo", "meta", "goal", "quota", "cuota"],
  rate: ["tasa", "tipo de cambio", "exchange rate", "cambio", "trm"],
  currency: ["moneda", "divisa", "currency code", "codigo moneda"],
  outcome: ["resultado", "estado", "status", "deal stage", "won lost"],
  stage: ["etapa", "fase", "deal stage", "pipeline stage", "estado", "status", "lifecycle stage"],
  probability: ["probabilidad", "prob"],
  pipeline: ["embudo", "flujo"],
  channel: ["canal", "origin", "origen", "channel grouping", "default channel grouping"],
  source: ["fuente", "utm source", "lead source", "origen", "origen del lead", "traffic source"],
  medium: ["medio", "utm medium"],
  campaign: [
    "campana",
    "utm campaign",
    "campaign id",
    "id campana",
    "xyz campaign id",
    "campaign name",
    "nombre de la campana",
  ],
  campaign_name: ["nombre campana", "nombre de la campana", "campaign name"],
  ad: ["anuncio", "ad id", "id anuncio", "ad name"],
  term: ["utm term", "keyword", "palabra clave", "termino"],
  content: ["utm content", "contenido"],
  landing_page: ["landing", "landing page id", "pagina de destino", "pagina de aterrizaje", "landing page url"],
  country: ["pais", "country code", "codigo pais"],
  segment: ["segmento", "business segment", "sector", "industry", "industria"],
  rep: [
    "vendedor",
    "comercial",
    "asesor",
    "sales agent",
    "sales rep",
    "owner",
    "propietario",
    "deal owner",
    "responsable",
    "ejecutivo",
    "sr id",
    "account executive",
  ],
  sourcer: ["sdr", "sdr id", "bdr"],
  created_by: ["creado por", "creator", "created by id"],
  manager: ["jefe", "gerente", "supervisor", "responsable"],
  team: ["equipo", "regional office", "oficina", "grupo"],
  name: ["nombre", "full name", "nombre completo", "company name", "razon social"],
  email: ["correo", "correo electronico", "e mail", "mail"],
  product: ["producto", "plan", "servicio", "item"],
  category: ["categoria", "tipo de gasto", "cost type"],
  kind: ["tipo", "type", "clase"],
  lost_reason: ["motivo perdida", "motivo de perdida", "closed lost reason", "loss reason", "razon perdida"],
  competitor: ["competidor", "competencia"],
  person_id: ["id persona", "user id", "contact id", "id usuario"],
  visitor: ["visitor id", "anonymous id", "id visitante", "client id", "cookie id"],
  referrer: ["referer", "referente"],
  device: ["dispositivo"],
  impressions: ["impresiones", "impr"],
  clicks: ["clics", "link clicks", "clics en el enlace"],
  platform_leads: ["leads", "total conversion", "resultados", "results"],
  platform_conversions: ["conversions", "conversiones", "approved conversion"],
  units: ["unidades", "cantidad", "quantity", "qty"],
  tax: ["impuesto", "iva", "vat", "taxes"],
  product_cost: ["coste producto", "costo producto", "cogs", "cost of goods"],
  account: ["cuenta", "account name", "ad account"],
  reason: ["motivo", "razon"],
};

/** Letters and digits only, without accents, in words: `Fecha creación` and `fechaCreacion` are `fecha creacion`. */
const plain = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** How well a name stands for a column of a fact: 0 exactly, then the order of the synonyms; undefined not at all. */
function rank(fact: Table, target: string, name: string): number | undefined {
  const own = [target, ...(target === `${fact.name}_id` || target === fact.name ? ["id"] : [])].map(plain);
  const found = [...own, ...(synonyms[target] ?? [])].indexOf(plain(name));
  return found < 0 ? undefined : found;
}

/**
 * Column of the file → column of the fact, by equal names and the usual ones in English and Spanish, whatever their case and
 * accents. Each column is used once; the surest pairs come first, and what is not plain is left out for a person to say.
 */
export function proposeMapping(fact: Table, columns: readonly string[]): Record<string, string> {
  const statable = Object.values(fact.columns).filter((column) => !column.derived);
  const pairs = statable.flatMap(({ name: target }) =>
    columns.flatMap((column) => {
      const found = rank(fact, target, column);
      return found === undefined ? [] : [{ column, target, rank: found }];
    }),
  );
  const proposed = new Map<string, string>();
  for (const { column, target } of pairs.toSorted((a, b) => a.rank - b.rank))
    if (!proposed.has(column) && ![...proposed.values()].includes(target)) proposed.set(column, target);
  return Object.fromEntries(proposed);
}
