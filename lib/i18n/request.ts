import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { localeOf } from "./locales";
import { messagesOf } from "./messages";

export default getRequestConfig(async () => {
  const locale = localeOf((await cookies()).get("locale")?.value, (await headers()).get("accept-language"));
  return { locale, messages: messagesOf(locale), timeZone: "UTC" };
});
