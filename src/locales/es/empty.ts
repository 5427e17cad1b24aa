/** Texts of the first page of a company without data, which the server alone draws. */
export const empty = {
  title: "Todavía no hay datos en {workspace}",
  lead: "Los nueve indicadores se calculan con los datos de su empresa. Elija por dónde empezar:",
  demoTitle: "Ver una empresa de ejemplo",
  demo: "Carga datos inventados de una empresa completa, para recorrer todo antes de traer lo suyo.",
  importTitle: "Importar archivos",
  import: "Trae sus hojas CSV o Excel: prospectos, oportunidades, ingresos y gasto.",
  syncTitle: "Conectar sistemas",
  sync: "Lee su CRM, sus plataformas de anuncios y su facturación según la configuración del espacio.",
  command: "Orden",
  needs: "Qué necesita cada indicador",
};

export type EmptyTexts = typeof empty;
