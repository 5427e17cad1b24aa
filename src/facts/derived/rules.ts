/** What a workspace decides about derived tables. */
export interface DerivationRules {
  /** The workspace's own names of the stages that make a lead an MQL or an SQL. */
  readonly stages: { readonly mql: readonly string[]; readonly sql: readonly string[] };
  /** How many days before an outcome a touch can still be credited. */
  readonly lookBackDays: number;
  readonly zone: string;
}
