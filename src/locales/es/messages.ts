/** Names of the dimensions that a number can be split and filtered by. */
export const dimensions = {
  channel: "Canal",
  campaign: "Campaña",
  source: "Fuente",
  ad: "Anuncio",
  landing_page: "Página de llegada",
  form: "Formulario",
  country: "País",
  segment: "Segmento",
  product: "Producto",
  pipeline: "Proceso",
  stage: "Etapa",
  rep: "Vendedor",
  team: "Equipo",
  lost_reason: "Motivo de pérdida",
  currency: "Moneda",
  category: "Categoría",
  indicator: "Indicador",
};

/** Names of the parts of formulas, by part id. */
export const parts = {
  won: "ganadas",
  lost: "perdidas",
  closed: "cerradas",
  created: "creadas",
  open: "abiertas",
  spend: "gasto",
  mediaSpend: "gasto en medios",
  media: "medios",
  cost: "costo",
  costs: "costos",
  marketingCost: "costo de marketing",
  salesCost: "costo de ventas",
  leads: "prospectos",
  paidLeads: "prospectos pagados",
  viableLeads: "prospectos viables",
  mqls: "MQL",
  sqls: "SQL",
  opportunities: "oportunidades",
  customers: "clientes",
  newCustomers: "clientes nuevos",
  start: "al inicio",
  retained: "retenidos",
  churned: "perdidos",
  revenue: "ingresos",
  creditedRevenue: "ingresos atribuidos",
  gross: "brutos",
  refunds: "reembolsos",
  tax: "impuestos",
  onGoal: "en meta",
  total: "en total",
  met: "en meta",
  withGoal: "con meta",
  accepted: "aceptados",
  rejected: "rechazados",
};

/** Why a row has no value, or what to know before using it. `parts` says the numbers of the formula. */
export const flags = {
  "no-denominator": "sin denominador",
  "no-denominator-of": "sin denominador: 0 {part}",
  "not-enough-data": "datos insuficientes",
  "not-recorded": "no registrado",
  "small-n": "n pequeño",
  immature: "cohorte inmadura",
};

/** Warnings by code; a code that is not here is told in the server's English. */
export const warnings = {
  "rejected-rows": "{count} filas rechazadas al cargar",
  "small-n": "Muestra pequeña: tome el número con cautela",
  immature: "La cohorte todavía no cumple su ventana",
  "mixed-zones": "Hay días cortados en husos horarios distintos",
  "mixed-currencies": "Hay importes en varias monedas, convertidos al cambio de su día",
  "spend-without-campaign": "Hay gasto sin campaña reconocida",
  "stale-source": "Una fuente lleva más tiempo sin cargarse de lo normal",
  "incomplete-period": "El periodo está sin terminar",
  "few-rates": "Faltan tipos de cambio recientes",
};

/** Refusals by code; a code that is not here is told in the server's English. */
export const problems = {
  "cannot-split": "No se puede desglosar así este indicador.",
  "cannot-filter": "No se puede filtrar así este indicador.",
  "unknown-indicator": "No existe ese indicador.",
  "unknown-variant": "No existe esa variante.",
  "unknown-dimension": "No existe esa dimensión.",
  "unknown-value": "No existe ese valor.",
  "unknown-model": "No existe ese modelo de atribución.",
  "missing-rate": "Falta un tipo de cambio para convertir los importes.",
  "no-data": "Faltan los datos que este indicador necesita.",
  "not-recorded": "Faltan los datos que este indicador necesita.",
  "empty-workspace": "Todavía no hay datos.",
  "bad-request": "La petición no se entiende.",
  unexpected: "Algo salió mal al calcular este número.",
};

/** What each fact holds, in words, for the first run and the explain panel. */
export const facts = {
  spend: "gasto",
  touch: "toques",
  lead: "prospectos",
  stage_entry: "entradas a etapas",
  deal: "oportunidades",
  revenue: "ingresos",
  subscription_change: "cambios de suscripción",
  customer: "clientes",
  goal: "metas",
};
