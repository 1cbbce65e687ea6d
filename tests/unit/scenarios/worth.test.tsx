import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Worth } from "@/components/scenarios/worth";
import { isolated } from "@/lib/isolated";
import scenarios from "@/lib/messages/he/scenarios.json";

test("in Hebrew what was seen of a scenario keeps its sign before the number", () => {
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale="he" messages={{ scenarios }} timeZone="UTC">
      <Worth currency="USD" hours={{ B: 4, C: 11 }} seen={{ B: { observed: 0.13, n: 66 } }} />
    </NextIntlClientProvider>,
  );
  expect(page).toContain(isolated("+13.0"));
});
