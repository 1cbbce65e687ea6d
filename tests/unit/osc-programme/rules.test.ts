import { describe, expect, test } from "vitest";
import { backPlan, benchmarks, programmeRates } from "@/lib/osc-programme/rules";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const shares = { contribution: 0.5, apptToSale: 0.2, kept: 0.9, leadToAppt: 0.4 };

describe("the plan back from a goal of sales", () => {
  test("takes 50 sales, 250 kept, 278 set and 695 leads in the worked example", () => {
    expect(backPlan(100, shares)).toEqual({ oscSales: 50, keptNeeded: 250, setNeeded: 278, leadsNeeded: 695 });
  });

  fixtureTest<
    { sales_goal: number; contribution: number; appt_to_sale: number; kept: number; lead_to_appt: number },
    { osc_sales: number; kept_needed: number; set_needed: number; leads_needed: number }
  >("F03_goal_backplan", (given, expected) => {
    const { contribution, kept, appt_to_sale: apptToSale, lead_to_appt: leadToAppt } = given;
    const plan = backPlan(given.sales_goal, { contribution, kept, apptToSale, leadToAppt });
    expect([plan?.oscSales, plan?.keptNeeded, plan?.setNeeded, plan?.leadsNeeded]).toEqual([
      ...[expected.osc_sales, expected.kept_needed, expected.set_needed, expected.leads_needed],
    ]);
  });

  test("is none where a share is nothing, because then no number is enough", () => {
    expect(backPlan(100, { ...shares, kept: 0 })).toBeNull();
  });
});

describe("the shares of the programme", () => {
  const counts = { leads: 180, set: 72, kept: 63, sales: 12, companySales: 25 };

  test("are those of the worked example, each with its interval", () => {
    const { leadToSet, setToKept, keptToSale, contribution } = programmeRates(counts);
    expect([leadToSet, setToKept, keptToSale, contribution].map(({ rate }) => toFourDecimals(rate ?? -1))).toEqual([
      0.4, 0.875, 0.1905, 0.48,
    ]);
    expect(leadToSet.lo).toBeLessThan(0.4);
  });

  fixtureTest<
    { leads: number; set: number; kept: number; sales_from_kept: number; company_sales: number },
    Record<string, number>
  >("F03b_funnel", (given, expected) => {
    const rates = programmeRates({ ...given, sales: given.sales_from_kept, companySales: given.company_sales });
    expect(toFourDecimals(rates.leadToSet.rate ?? -1)).toBe(expected.lead_to_set);
    expect(toFourDecimals(rates.keptToSale.rate ?? -1)).toBe(expected.kept_to_sale);
    expect(toFourDecimals(rates.contribution.rate ?? -1)).toBe(expected.contribution);
  });

  test("are no data where there is none", () => {
    expect(programmeRates({ leads: 0, set: 0, kept: 0, sales: 0, companySales: 0 }).contribution.rate).toBeNull();
  });

  test("stand beside published figures that all name their source", () => {
    expect(benchmarks.every(({ source, lo, hi }) => /^W\d/.test(source) && lo <= hi && hi <= 1)).toBe(true);
  });
});
