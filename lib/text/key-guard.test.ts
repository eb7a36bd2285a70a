import fc from "fast-check";
import { expect, test } from "vitest";
import { renameSchema } from "@/lib/account/schema";
import { keepFields } from "@/lib/action-result";
import { parseFilter } from "@/lib/audit/filter";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { cleanText } from "@/lib/connectors/bitbucket-server/clean-text";
import { keepTyped } from "@/lib/credentials/form-state";
import {
  addCredentialSchema,
  credentialFilterSchema,
  editCredentialSchema,
  replaceSecretSchema,
} from "@/lib/credentials/schema";
import { addEndpointSchema, editEndpointSchema } from "@/lib/endpoints/schema";
import { inviteToPortalSchema } from "@/lib/invitations/schema";
import { withoutApiKeys } from "@/lib/log";
import { inspectCertificateSchema } from "@/lib/servers/schema";
import { addMemberSchema, addTeamSchema, editTeamSchema } from "@/lib/teams/schema";
import { anyKeys, wrappings } from "@/lib/testing/api-keys";
import { acceptSchema } from "@/lib/transfers/schema";
import { signUpSchema } from "@/lib/users/schema";
import { keyRefused } from "./key-guard";
import { searchSchema } from "./search";

const id = "3f0e7d5a-4a34-4d0b-9f0e-0a8f2f6a1b11";
const text = fc.stringMatching(/^[A-Za-z ,.äß-]{0,12}$/);
/** A text in which a key stands somehow. */
const textsWithKey = fc
  .tuple(text, anyKeys, fc.constantFrom(...wrappings), text)
  .map(([before, key, [, wrap], after]) => ({ key, text: `${before} ${wrap(key)} ${after}` }));

const fields = { name: "Fernwood", description: "", baseUrl: "https://bitbucket.example.com" };
const signIn = { username: "jane", password: "s3cret" };
const credential = { ...fields, ...signIn };
const choice = "stream=commits&scope=everything";
const endpoint = { direction: "source", connector: "bitbucket-server", credentialId: id, choice, ...fields };
const person = { name: "Jane", email: "jane@example.com", password: "open-sesame-latchkey" };

/** Every form with a field that is kept in plain, and something that it takes. */
const forms: [
  what: string,
  schema: { safeParseAsync(typed: unknown): Promise<unknown> },
  typed: object,
  names: string[],
][] = [
  ["a new credential", addCredentialSchema, credential, ["name", "description", "baseUrl"]],
  [
    "a credential",
    editCredentialSchema,
    { credentialId: id, version: 1, ...fields },
    ["name", "description"],
  ],
  ["a new secret", replaceSecretSchema, { credentialId: id, secretVersion: 1, ...credential }, ["baseUrl"]],
  ["a new source", addEndpointSchema, endpoint, ["name", "description"]],
  ["a source", editEndpointSchema, { endpointId: id, version: 1, ...fields }, ["name", "description"]],
  ["an ownership transfer", acceptSchema, { credentialId: id, transferId: id, name: "Fernwood" }, ["name"]],
  ["a new team", addTeamSchema, fields, ["name", "description"]],
  ["a team", editTeamSchema, { teamId: id, version: 1, ...fields }, ["name", "description"]],
  ["a member", addMemberSchema, { teamId: id, email: person.email }, ["email"]],
  ["an invitation", inviteToPortalSchema, { days: 7, invitedEmail: person.email }, ["invitedEmail"]],
  ["a new account", signUpSchema, person, ["name", "email"]],
  ["one's name", renameSchema, { name: "Jane" }, ["name"]],
  ["a server", inspectCertificateSchema, { server: fields.baseUrl, source: "server" }, ["server"]],
];

test.each(forms)(
  "no key gets into the plain fields of %s, and it is said at the field",
  async (_what, schema, typed, names) => {
    expect(await schema.safeParseAsync(typed)).toMatchObject({ success: true });
    await fc.assert(
      fc.asyncProperty(textsWithKey, fc.constantFrom(...names), async (pasted, name) => {
        const result = await schema.safeParseAsync({ ...typed, [name]: pasted.text });
        expect(result).toMatchObject({ success: false });
        const said = JSON.stringify(result);
        expect(said).toContain("This looks like an API key.");
        expect(said).not.toContain(pasted.key);
      }),
      { numRuns: 40 },
    );
  },
);

test("no stored user name holds a key, whatever the two fields contain", () => {
  const others = fc.oneof(
    text,
    fc.constantFrom("s3cret", " "),
    textsWithKey.map((one) => one.text),
  );
  fc.assert(
    fc.property(textsWithKey, others, fc.boolean(), (pasted, other, isFirst) => {
      const [username, password] = isFirst ? [pasted.text, other] : [other, pasted.text];
      const result = addCredentialSchema.safeParse({ ...credential, username, password });
      if (!result.success) return;
      expect(result.data.signIn.scheme).toBe("bearer");
      const { signIn: chosen, ...kept } = result.data;
      const plain = [kept, chosen.scheme === "bearer" ? chosen.expectedAccount : chosen.username];
      expect(JSON.stringify(plain)).not.toContain(pasted.key);
    }),
  );
});

test("no key comes back from a form that was refused", () => {
  const form = (entries: object) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(entries)) data.set(name, value);
    return data;
  };
  fc.assert(
    fc.property(textsWithKey, fc.constantFrom(...Object.keys(credential)), (pasted, name) => {
      const typed = form({ ...credential, [name]: pasted.text });
      const back = JSON.stringify([keepTyped(typed), keepFields("name", "description", "email")(typed)]);
      expect(back).not.toContain(pasted.key);
      expect(back).not.toContain(pasted.key.slice(-20));
    }),
  );
});

test("no address comes of a text with a key, and the words do not repeat it", () => {
  const addresses = fc.constantFrom(
    (key: string) => key,
    (key: string) => `https://${key}`,
    (key: string) => `https://${key}.example.com`,
    (key: string) => `https://jane:${key}@bitbucket.example.com/scm/a/b.git`,
    (key: string) => `https://bitbucket.example.com/${key}/x`,
    (key: string) => `https://bitbucket.example.com/?token=${encodeURIComponent(key)}`,
    (key: string) => `git clone https://x-token-auth:${key}@bitbucket.example.com/scm/a/b.git`,
    (key: string) => `${key}:8443`,
    (key: string) => `https://bitbucket.example.com/?a=1&amp;token=${key.replaceAll("-", "&#45;")}`,
  );
  fc.assert(
    fc.property(anyKeys, addresses, (key, wrap) => {
      const diagnosis = diagnoseBaseUrl(wrap(key));
      expect(diagnosis).toMatchObject({ ok: false, problem: "LOOKS_LIKE_API_KEY" });
      expect(JSON.stringify(diagnosis)).not.toContain(key);
    }),
  );
});

test("no search asks for a key", () => {
  fc.assert(
    fc.property(textsWithKey, ({ text: q }) => {
      expect(credentialFilterSchema.parse({ q })).toMatchObject({ q: "" });
      expect(searchSchema.parse(q)).toBe("");
      expect(parseFilter({ person: q, thing: q })).toMatchObject({ person: null, thing: null });
    }),
  );
});

test("no text from outside brings a key into a page or a report", () => {
  fc.assert(
    fc.property(textsWithKey, (pasted) => {
      expect(cleanText(pasted.text, 255)).not.toContain(pasted.key);
    }),
  );
});

test("no line of the log holds a key, and each stays JSON", () => {
  fc.assert(
    fc.property(textsWithKey, text, (pasted, other) => {
      const line = JSON.stringify({ msg: pasted.text, err: { message: pasted.text }, other });
      const written = withoutApiKeys(`${line}\n`);
      expect(written).not.toContain(pasted.key);
      expect(JSON.parse(written)).toMatchObject({ other });
    }),
  );
  expect(withoutApiKeys('{"msg":"ready"}\n')).toBe('{"msg":"ready"}\n');
});

test("a refusal says where a key belongs", () => {
  expect(keyRefused).toMatch(/^This looks like an API key\. .*Username Or API Key/);
});
