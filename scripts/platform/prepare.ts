import { explain } from "./advice";
import { buildWhenStale, generateWhenStale } from "./build";
import { endOnSignals, makeCrew } from "./crew";

const crew = makeCrew(explain);
endOnSignals(crew);

try {
  await generateWhenStale(crew);
  if (process.argv[2] === "build") await buildWhenStale(crew);
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
