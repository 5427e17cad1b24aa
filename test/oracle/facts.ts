/** Rows of the facts as plain values, as the oracle reads them. Days are `2026-05-01`, instants ISO 8601 in UTC. */
type Text = string | null;
type Amount = number | null;

export interface Lead {
  readonly lead_id: string;
  readonly created_at: string;
  readonly person_id: Text;
  readonly customer_id: Text;
  readonly channel: Text;
  readonly campaign: Text;
  readonly country: Text;
  readonly segment: Text;
  readonly rep: Text;
  readonly disqualified_as: Text;
  readonly merged_into: Text;
}

export interface StageEntry {
  readonly subject: string;
  readonly subject_id: string;
  readonly stage: string;
  readonly entered_at: string;
  readonly outcome: Text;
}

export interface Deal {
  readonly deal_id: string;
  readonly created_at: string;
  readonly outcome: string;
  readonly closed_at: Text;
  readonly lead_id: Text;
  readonly customer_id: Text;
  readonly amount: Amount;
  readonly currency: Text;
  readonly kind: Text;
  readonly product: Text;
  readonly channel: Text;
  readonly country: Text;
  readonly segment: Text;
  readonly rep: Text;
}

export interface Spend {
  readonly day: string;
  readonly category: string;
  readonly amount: number;
  readonly currency: string;
  readonly account: Text;
  readonly channel: Text;
  readonly campaign: Text;
  readonly product: Text;
  readonly platform_leads: Amount;
  readonly amortise_months: Amount;
}

export interface Touch {
  readonly touch_id: string;
  readonly occurred_at: string;
  readonly kind: string;
  readonly person_id: Text;
  readonly visitor: Text;
  readonly channel: Text;
  readonly campaign: Text;
  readonly country: Text;
}

export interface Revenue {
  readonly revenue_id: string;
  readonly customer_id: string;
  readonly occurred_on: string;
  readonly amount: number;
  readonly currency: string;
  readonly kind: Text;
  readonly tax: Amount;
  readonly lead_id: Text;
  readonly deal_id: Text;
  readonly channel: Text;
  readonly product: Text;
  readonly country: Text;
  readonly segment: Text;
  readonly rep: Text;
}

export interface SubscriptionChange {
  readonly customer_id: string;
  readonly occurred_on: string;
  readonly kind: string;
  readonly mrr_after: number;
  readonly currency: string;
  readonly product: Text;
}

export interface CompanyFacts {
  readonly lead: readonly Lead[];
  readonly stage_entry: readonly StageEntry[];
  readonly deal: readonly Deal[];
  readonly spend: readonly Spend[];
  readonly touch: readonly Touch[];
  readonly identity: readonly { readonly alias_kind: string; readonly alias: string; readonly person_id: string }[];
  readonly customer: readonly {
    readonly customer_id: string;
    readonly channel: Text;
    readonly segment: Text;
    readonly country: Text;
    readonly rep: Text;
    readonly parent_id: Text;
  }[];
  readonly revenue: readonly Revenue[];
  readonly subscription_change: readonly SubscriptionChange[];
  readonly rep: readonly { readonly rep: string; readonly team: Text; readonly manager: Text }[];
  readonly rate: readonly { readonly day: string; readonly currency: string; readonly rate: number }[];
}

export interface Ground {
  readonly zone: string;
  readonly today: string;
  readonly lookBackDays: number;
  readonly paidChannels: readonly string[];
  readonly marketingCosts: readonly string[];
  readonly grossMargin: number;
  readonly inactivityDays: number;
}
