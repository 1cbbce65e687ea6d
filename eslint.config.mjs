import coreWebVitals from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

// A guard, not a proof: nested includes escape it; composite keys and row security stand behind it.
const namesItsWorkspace =
  'CallExpression[callee.object.object.property.name="db"]' +
  ':not(:has(Property[key.name=/^(where|data)$/] Property[key.name="workspaceId"]))';

const config = [
  { ignores: ["**/*", "!app/**", "!components/**", "!lib/**", "lib/generated/**"] },
  // Nothing is drawn there, so all there is to look at are the calls of the database.
  { ignores: ["lib/**/*.ts", "!lib/**/{queries,commands}.ts"] },
  ...coreWebVitals,
  // The app folder is all there is: the rule would only look for a pages folder in vain.
  { rules: { "@next/next/no-html-link-for-pages": "off" } },
  {
    files: ["lib/**/queries.ts", "lib/**/commands.ts"],
    languageOptions: { parser: tseslint.parser },
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: namesItsWorkspace, message: "Name the workspace in the `where` or `data` of this call." },
      ],
    },
  },
];

export default config;
