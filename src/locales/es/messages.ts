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
  accepted: "aceptados",
  decided: "decididos",
  costs: "costos",
  customers: "clientes",
  leads: "prospectos",
  created: "creadas",
  created_value: "valor creado",
  days: "días",
  won: "ganadas",
  kept: "ingreso conservado",
  revenue_at_start: "ingreso al inicio",
  at_start: "clientes al inicio",
  retained: "clientes retenidos",
  mqls: "MQL",
  mrr: "ingreso recurrente",
  on_goal: "en meta",
  with_goal: "con meta",
  open_value: "valor abierto",
  open: "abiertas",
  opportunities: "oportunidades",
  sqls: "SQL",
  refunds: "reembolsos",
  sales: "ventas",
  retained_revenue: "ingreso retenido",
  revenue: "ingresos",
  spend: "gasto",
  touches: "toques",
  closed: "cerradas",
  won_value: "valor ganado",
  closed_value: "valor cerrado",
  lost: "perdidas",
  lead_days: "días",
  contacted: "contactados",
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
  "immature-cohort": "La cohorte todavía no cumple su ventana",
  "unmatched-spend": "{count} % del gasto es de campañas sin resultado",
  "revenue-from-bookings": "Los ingresos salen de las oportunidades ganadas, porque no hay facturación",
  "rejected-rows": "{count} filas rechazadas al cargar",
  "small-n": "Muestra pequeña: tome el número con cautela",
  "mixed-zones": "Hay días cortados en husos horarios distintos",
  "mixed-currencies": "Hay importes en varias monedas, convertidos al cambio de su día",
  "stale-source": "Una fuente lleva más tiempo sin cargarse de lo normal",
  "incomplete-period": "El periodo está sin terminar",
  "few-rates": "Faltan tipos de cambio recientes",
};

/** Refusals by code; a code that is not here is told in the server's English. */
export const problems = {
  "empty-range": "El intervalo no tiene ningún día.",
  "unknown-cell": "No hay tal número en la respuesta.",
  "window-without-cohort": "La ventana sólo vale con el reloj de cohorte.",
  cancelled: "La consulta se canceló.",
  "settings-invalid": "La configuración del espacio no es válida.",
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
