import { getTranslations } from "next-intl/server";

const named = (t: Awaited<ReturnType<typeof getTranslations>>, group: string) => (key: string) => {
  const name = `${group}.${key.replaceAll(/[ /]/g, "_")}`;
  return !key.includes(".") && t.has(name) ? t(name) : key;
};

/** The name of an interaction type in the reader's language; types that a workspace made itself stand as they were written. */
export async function typeNames(): Promise<(type: string) => string> {
  return named(await getTranslations("experience"), "type");
}

/** The name of a route in the reader's language. */
export async function routeNames(): Promise<(route: string) => string> {
  return named(await getTranslations("experience"), "route");
}

/** The name of a medium in the reader's language. */
export async function mediumNames(): Promise<(medium: string) => string> {
  return named(await getTranslations("experience"), "medium_name");
}
