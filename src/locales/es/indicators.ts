const nine = {
  scoreboard: {
    title: "Indicadores en meta",
    short: "En meta",
    description: "Cuántos de los indicadores del tablero cumplen su meta.",
    variants: { "on-goal": "En meta" },
  },
  "cost-per-lead": {
    title: "Costo por prospecto",
    short: "Costo por prospecto",
    description: "Lo que cuesta conseguir un prospecto.",
    variants: {
      paid: "Pagado",
      blended: "Mezclado",
      loaded: "Completo",
      viable: "Viables",
      platform: "Según plataformas",
      "per-mql": "Por MQL",
      "per-sql": "Por SQL",
      "per-opportunity": "Por oportunidad",
    },
  },
  "marketing-qualified-leads": {
    title: "Calificados por marketing (MQL)",
    short: "MQL",
    description: "Prospectos que ya cumplen la regla de marketing para pasar a ventas.",
    variants: { count: "Cantidad", rate: "Tasa", "days-to": "Días hasta MQL", acceptance: "Aceptación" },
  },
  "customer-acquisition-cost": {
    title: "Costo de adquirir un cliente (CAC)",
    short: "CAC",
    description: "Todo lo gastado en marketing y ventas por cada cliente nuevo.",
    variants: {
      loaded: "Completo",
      blended: "Mezclado",
      paid: "Pagado",
      lagged: "Con retraso",
      cohort: "Por cohorte",
      "payback-months": "Meses de recuperación",
    },
  },
  "customer-retention": {
    title: "Retención de clientes",
    short: "Retención",
    description: "Qué parte de los clientes del inicio sigue al final.",
    variants: {
      logo: "Clientes",
      "gross-revenue": "Ingreso bruto",
      "net-revenue": "Ingreso neto",
      churn: "Pérdida",
      survival: "Supervivencia",
    },
  },
  "marketing-roi": {
    title: "Retorno de marketing (ROI)",
    short: "ROI",
    description: "Lo que vuelve por cada unidad de dinero puesta en marketing.",
    variants: { realised: "Realizado", expected: "Esperado", roas: "ROAS", mer: "MER", pipeline: "En oportunidades" },
  },
  "sales-qualified-leads": {
    title: "Calificados por ventas (SQL)",
    short: "SQL",
    description: "Prospectos que ventas aceptó y trabaja.",
    variants: {
      count: "Cantidad",
      rate: "Tasa",
      "opportunity-rate": "Tasa a oportunidad",
      "days-to-first-contact": "Días al primer contacto",
    },
  },
  "win-ratio": {
    title: "Oportunidad a ganada",
    short: "Cierre",
    description: "Qué parte de las oportunidades se gana.",
    variants: {
      "by-age": "Según edad",
      closed: "De las cerradas",
      created: "De las creadas",
      "closed-value": "Valor cerrado",
      "created-value": "Valor creado",
    },
  },
  "sales-revenue": {
    title: "Ingresos por ventas",
    short: "Ingresos",
    description: "Ingresos del periodo, descontados reembolsos e impuestos.",
    variants: { net: "Netos", gross: "Brutos", refunds: "Reembolsos" },
  },
};

const supporting = {
  leads: {
    title: "Prospectos",
    short: "Prospectos",
    description: "Prospectos creados.",
    variants: { all: "Todos", viable: "Viables" },
  },
  "lead-to-customer-rate": {
    title: "De prospecto a cliente",
    short: "Prospecto a cliente",
    description: "Qué parte de los prospectos llega a ser cliente.",
    variants: { rate: "Tasa" },
  },
  "opportunities-created": {
    title: "Oportunidades creadas",
    short: "Oportunidades",
    description: "Oportunidades abiertas en el periodo.",
    variants: { count: "Cantidad", value: "Valor" },
  },
  "pipeline-value": {
    title: "Valor en oportunidades",
    short: "En oportunidades",
    description: "Importe de las oportunidades abiertas.",
    variants: { open: "Abierto al final" },
  },
  "sales-cycle-days": {
    title: "Días para cerrar",
    short: "Días para cerrar",
    description: "Días entre crear y ganar una oportunidad.",
    variants: { median: "Mediana de las ganadas" },
  },
  "average-deal-value": {
    title: "Valor medio por venta",
    short: "Venta media",
    description: "Importe medio de las oportunidades ganadas.",
    variants: { won: "Ganadas" },
  },
  touches: {
    title: "Toques",
    short: "Toques",
    description: "Visitas, clics y otros contactos.",
    variants: { all: "Todos" },
  },
  spend: {
    title: "Gasto",
    short: "Gasto",
    description: "Gasto en marketing y ventas.",
    variants: { all: "Todo", media: "Medios", marketing: "Marketing" },
  },
  customers: {
    title: "Clientes",
    short: "Clientes",
    description: "Clientes activos.",
    variants: { new: "Nuevos", active: "Activos al final" },
  },
  mrr: {
    title: "Ingreso recurrente mensual",
    short: "MRR",
    description: "Ingreso recurrente de un mes.",
    variants: { end: "Al final" },
  },
  "lifetime-value": {
    title: "Valor de vida del cliente",
    short: "Valor de vida",
    description: "Lo que deja un cliente mientras lo es.",
    variants: { "to-date": "Pagado hasta hoy" },
  },
};

/** Names of the indicators and their variants, by id. */
export const indicators = { ...nine, ...supporting };
