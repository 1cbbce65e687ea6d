import { useQuery } from "@tanstack/react-query";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { QueryProvider } from "@/components/query-provider";

function Asking() {
  const { data } = useQuery({ queryKey: ["name"], queryFn: () => "Noa", initialData: "Dana" });
  return <p>{data}</p>;
}

const clocks = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("a page rendered on the server leaves no clock behind that would hold its request", () => {
  const before = clocks();
  for (let page = 0; page < 20; page += 1) {
    expect(
      renderToString(
        <QueryProvider>
          <Asking />
        </QueryProvider>,
      ),
    ).toContain("Dana");
  }
  expect(clocks()).toBe(before);
});
