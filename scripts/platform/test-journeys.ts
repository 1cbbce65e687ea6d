import { explain } from "./advice";
import { buildWhenStale, generateWhenStale } from "./build";
import { endOnSignals, makeCrew } from "./crew";
import { runJourneys } from "./journeys";

const crew = makeCrew(explain);
endOnSignals(crew);

try {
  await generateWhenStale(crew);
  await buildWhenStale(crew);
  await runJourneys(crew, process.env, process.argv.slice(2));
} catch (error) {
  explain(error);
  process.exitCode = 1;
} finally {
  await crew.end();
}
