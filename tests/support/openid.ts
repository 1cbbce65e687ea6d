import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export type Person = { sub: string; email: string; verified?: boolean; name?: string };

/** A real OpenID provider on a port of its own; `person` is who signs in there next. */
export type OpenId = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  person: Person;
  /** Opens the provider for one client, who is sent back to that address. */
  serve(redirectUri: string): void;
  end(): Promise<void>;
};

/** Takes a port for an OpenID provider that, once it serves, asks nobody anything: whoever comes is `person`. */
export async function startOpenId(): Promise<OpenId> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const openId: OpenId = {
    issuer,
    clientId: "wheelhouse",
    clientSecret: "a secret of this provider and of nobody else",
    person: { sub: "nobody", email: "nobody@example.test" },
    serve: (redirectUri) => {
      const provider = makeProvider(openId, redirectUri);
      const callback = provider.callback();
      server.on("request", (request, response) => {
        if (!request.url?.startsWith("/interaction/")) return void callback(request, response);
        void signInEverybody(provider, openId, request, response);
      });
    },
    end: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return openId;
}

function makeProvider(openId: OpenId, redirectUri: string): Provider {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return new Provider(openId.issuer, {
    clients: [
      {
        client_id: openId.clientId,
        client_secret: openId.clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    cookies: { keys: ["the tests alone"] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => {
        const { sub, email, verified = true, name = "Somebody" } = openId.person;
        return { sub, email, email_verified: verified, name };
      },
    }),
  });
}

type Interaction = Parameters<Provider["interactionFinished"]>;

async function signInEverybody(provider: Provider, openId: OpenId, request: Interaction[0], response: Interaction[1]) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const login = { accountId: openId.person.sub };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const accountId = session?.accountId ?? openId.person.sub;
  const grant =
    (grantId && (await provider.Grant.find(grantId))) ||
    new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope("openid email profile");
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}
