import { ExplainRequest } from "../../contract/api.ts";
import { Answer } from "../../contract/answer.ts";
import { Catalogue } from "../../contract/catalogue.ts";
import { CheckReport, CheckRequest } from "../../contract/check.ts";
import { Explanation } from "../../contract/explanation.ts";
import { Question } from "../../contract/question.ts";
import { Receipt, Verification } from "../../contract/receipt.ts";
import { RejectedRequest, RejectedRow } from "../../contract/rejected.ts";
import { z } from "zod";
import { parametersOf, requestFrom } from "../address.ts";
import { cellFrom, cellParameters } from "../cell-address.ts";
import { parse } from "../parse.ts";
import { exactText, receiptFile } from "../receipt-file.ts";
import { bodyOf, eitherWay, json, listed, read, searchOf, sent, signalOf, type Route } from "../route.ts";
import { rowsCsv } from "../rows-csv.ts";

/** Questions, what opens their answers, and what proves them. */
export const questionRoutes: readonly Route[] = [
  ...eitherWay("/api/v1/ask", "Ask a question; get its answer.", Question, Answer, (api, question, signal) =>
    api.ask(question, signal),
  ),
  {
    method: "get",
    path: "/api/v1/explain",
    summary:
      "Open one cell of an answer: its math, its definition, its rows, its SQL, why it changed, how it differs from another.",
    parameters: cellParameters,
    answer: json(Explanation),
    handle: async (context, api) => context.json(await api.explain(cellFrom(searchOf(context)), signalOf(context))),
  },
  sent(
    "/api/v1/explain",
    "Open one cell of an answer, asked as JSON.",
    ExplainRequest,
    Explanation,
    (api, request, signal) => api.explain(request, signal),
  ),
  {
    method: "get",
    path: "/api/v1/explain/rows.csv",
    summary: "Every row behind one part of a cell, as CSV.",
    parameters: cellParameters.map((each) => (each.name === "part" ? { ...each, required: true } : each)),
    answer: { type: "text/csv" },
    handle: async (context, api) => rowsCsv(searchOf(context), api, signalOf(context)),
  },
  listed("/api/v1/indicators", "The workspace, and every indicator that can be asked.", Catalogue, (api) =>
    api.catalogue(),
  ),
  sent(
    "/api/v1/check",
    "Check that every row of the facts lands exactly once.",
    CheckRequest,
    CheckReport,
    (api, request) => api.check(request),
  ),
  read(
    "/api/v1/rejected",
    "The rows of the last loads that broke a rule, with their reason.",
    RejectedRequest,
    z.array(RejectedRow),
    (api, request) => api.rejected(request),
  ),
  {
    method: "get",
    path: "/api/v1/receipt",
    summary: "Answer a question in the address as a receipt, to keep and to verify.",
    parameters: parametersOf(Question.shape),
    answer: json(Receipt),
    handle: async (context, api) =>
      receiptFile(await api.receipt(requestFrom(Question, searchOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/receipt",
    summary: "Answer a question as a receipt, to keep and to verify.",
    body: Question,
    answer: json(Receipt),
    handle: async (context, api) =>
      receiptFile(await api.receipt(parse(Question, await bodyOf(context)), signalOf(context))),
  },
  {
    method: "post",
    path: "/api/v1/verify",
    summary: "Compute a receipt's answer again and hold it against the receipt, sent exactly as it was written.",
    body: Receipt,
    answer: json(Verification),
    handle: async (context, api) => context.json(await api.verify(await exactText(context), signalOf(context))),
  },
];
