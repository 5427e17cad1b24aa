import { below, oneOf, type Random } from "./random.ts";

const trades = [
  "Talleres",
  "Clínica Dental",
  "Asesoría",
  "Ferretería",
  "Transportes",
  "Construcciones",
  "Academia",
  "Óptica",
  "Bodegas",
  "Panadería",
  "Inmobiliaria",
  "Consultora",
  "Distribuciones",
  "Instalaciones",
  "Estudio",
  "Farmacia",
  "Hostal",
  "Imprenta",
  "Jardinería",
  "Logística",
  "Muebles",
  "Peluquería",
  "Restaurante",
  "Seguros",
  "Textiles",
  "Viajes",
  "Agrícola",
  "Carpintería",
];
const marks = [
  "Arganda",
  "Ribera",
  "Montalbán",
  "El Olivar",
  "San Telmo",
  "Aldaba",
  "Brisa",
  "Cumbre",
  "Doña Elvira",
  "Encinar",
  "Faro",
  "Girasol",
  "Horizonte",
  "Iguazú",
  "Jacaranda",
  "Los Arcos",
  "Malecón",
  "Nogal",
  "Orinoco",
  "Puerta Real",
  "Quetzal",
  "Roble",
  "Sierra Alta",
  "Tajo",
  "Unión",
  "Valdeluz",
  "Yunque",
  "Zafiro",
  "Alameda",
  "Bahía",
];
const families = [
  "Gómez",
  "Ruiz",
  "Navarro",
  "Ortega",
  "Molina",
  "Herrera",
  "Rojas",
  "Fuentes",
  "Vargas",
  "Ibáñez",
  "Castaño",
  "Luna",
];
const forms = ["SL", "SA", "SLU", "SAS", "y Asociados", "Hermanos", "& Cía"];

/** The name of a company that does not exist. */
export function companyName(random: Random): string {
  const kind = below(random, 10);
  if (kind === 0) return `${oneOf(random, families)}, ${oneOf(random, families)} y Asociados`;
  if (kind === 1) return `${oneOf(random, trades)} "${oneOf(random, marks)}"`;
  return `${oneOf(random, trades)} ${oneOf(random, marks)} ${oneOf(random, forms)}`;
}
