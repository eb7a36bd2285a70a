import { describe, expect, test } from "vitest";
import { diagnoseBaseUrl } from "./base-url";

const h = "https://git.acme.example";
const clone = `${h}/scm/data/loader.git`;
const ssh = "ssh://git@git.acme.example:7999/data/loader.git";

/** Commands and their output, by kind; each gives `h` unless another value stands beside it. */
const kinds: Readonly<Record<string, readonly (string | readonly [text: string, baseUrl: string])[]>> = {
  "git clone": [
    `git clone -b main ${clone}`,
    `git clone --branch main ${clone}`,
    `git clone --branch=main ${clone} loader`,
    `git clone --depth 1 ${clone}`,
    `git clone --depth 1 -b release/1.2 --single-branch ${clone} here`,
    `git clone -c http.sslVerify=false ${clone}`,
    `git -c http.proxy= clone ${clone}`,
    `git clone "${clone}"`,
    `git clone '${clone}' .`,
    `git clone ${clone} /srv/loader`,
    `$ git clone ${clone}`,
    `# git clone ${clone}`,
    `PS C:\\> git clone ${clone}`,
    `sudo git clone ${clone}`,
    `GIT_SSL_NO_VERIFY=1 git clone ${clone}`,
    `git clone ${clone} && cd loader`,
    `git clone ${clone}; cd loader`,
    `git clone -b main ${ssh}`,
    `git clone -b main git@git.acme.example:data/loader.git`,
    `git clone --depth 1 jane@git.acme.example:data/loader.git`,
    `git clone https://jane@git.acme.example/scm/data/loader.git -b main`,
    [`git clone -b main ${h}/bitbucket/scm/data/loader.git`, `${h}/bitbucket`],
    [`git clone http://bb:7990/scm/data/loader.git -b x`, "http://bb:7990"],
    `git clone git.acme.example/scm/data/loader.git`,
    [`git clone git.acme.example:7990/scm/data/loader.git`, `${h}:7990`],
  ],
  "other git commands": [
    `origin\t${clone} (fetch)`,
    `origin\t${clone} (fetch)\norigin\t${clone} (push)`,
    `origin\t${ssh} (fetch)\norigin\t${ssh} (push)`,
    `origin\t${clone} (fetch)origin\t${clone} (push)`,
    `origin  git@git.acme.example:data/loader.git (push)`,
    `upstream\tgit@git.acme.example:data/loader.git (fetch)\nupstream\t${clone} (push)`,
    `git remote add origin ${clone}`,
    `git remote set-url origin ${ssh}`,
    `git ls-remote ${clone} HEAD`,
    `git push ${clone} main`,
    `git submodule add -b main ${clone} vendor/loader`,
    `git archive --remote=${ssh} HEAD`,
    `remote: Create pull request for x:\nremote:   ${h}/projects/DATA/repos/loader/pull-requests?create`,
    `To ${ssh}\n   0a1b2c..3d4e5f  main -> main`,
    `fatal: unable to access '${clone}/': Could not resolve host: git.acme.example`,
    `Cloning into 'loader'...\nfatal: repository '${clone}' not found`,
  ],
  "git links with a prefix": [
    `git+${clone}`,
    `git+${clone}@v1.2#egg=loader`,
    `pip install git+${clone}@main`,
    `pip install "loader @ git+${clone}"`,
    `"loader": "git+${clone}#v1"`,
    `git+${ssh}`,
    `git+ssh://git@git.acme.example/data/loader.git`,
    `git::${clone}?ref=v1`,
    `source = "git::${clone}//modules/x?ref=v1"`,
    `scm:git:${clone}`,
    `scm:git:${ssh}`,
    `git_url=${ssh}`,
    ssh,
    `ssh://git@git.acme.example/data/loader.git`,
    `ssh://git.acme.example:7999`,
    `ssh://jane.doe@git.acme.example:7999/~jane/loader.git`,
    `git@git.acme.example:data/loader.git`,
    `git@git.acme.example:/data/loader.git`,
    `Clone: git@git.acme.example:data/loader.git (read only)`,
    `sourcetree://cloneRepo?type=stash&cloneUrl=https%3A%2F%2Fgit.acme.example%2Fscm%2Fdata%2Floader.git`,
    `sourcetree://cloneRepo/${ssh}`,
    `vscode://vscode.git/clone?url=https%3A%2F%2Fgit.acme.example%2Fscm%2Fdata%2Floader.git`,
    `jetbrains://idea/checkout/git?checkout.repo=https%3A%2F%2Fgit.acme.example%2Fscm%2Fdata%2Floader.git`,
    `https%3A%2F%2Fgit.acme.example%2Fprojects%2FDATA`,
  ],
  "curl and its like": [
    `curl ${h}/rest/api/1.0/projects`,
    `curl -s ${h}/status | jq .`,
    `curl -X GET '${h}/rest/api/1.0/projects?limit=1'`,
    `curl -u jane:canary ${h}/rest/api/1.0/projects`,
    `curl -u jane:canary -H "Accept: application/json" ${h}/rest/api/latest/projects`,
    `curl --user 'jane:can ary' ${h}/status`,
    `curl ${h}/status -u jane:canary`,
    `curl -H "Authorization: Bearer canary12345" ${h}/rest/api/1.0/projects`,
    `curl -H 'Authorization: Basic Y2FuYXJ5MTIz' "${h}/rest/api/1.0/projects"`,
    `curl \\\n  -u jane:canary \\\n  ${h}/status`,
    [`curl -k ${h}:8443/stash/rest/api/1.0/projects`, `${h}:8443/stash`],
    [`curl http://localhost:7990/status`, "http://localhost:7990"],
    `wget --user=jane --password=canary ${h}/status`,
    `http -a jane:canary ${h}/status`,
    `Invoke-RestMethod -Uri "${h}/rest/api/1.0/projects" -Headers @{Authorization="Bearer canary12345"}`,
    `GET ${h}/rest/api/1.0/projects HTTP/1.1`,
    `requests.get("${h}/rest/api/1.0/projects", auth=("jane", pw))`,
    `fetch("${h}/rest/api/1.0/projects")`,
    `url=${h} token=canary12345`,
    `{"url":"${h}","username":"jane","password":"canary"}`,
    `https://jane:canary@git.acme.example (my login)`,
    `URL=https://jane:canary@git.acme.example/projects/X y`,
    `open ${h}`,
    `ping ${h}`,
  ],
  "an address without a scheme": [
    `Bitbucket: git.acme.example`,
    `host: git.acme.example`,
    `BITBUCKET_HOST=git.acme.example`,
    `"host": "git.acme.example"`,
    `git.acme.example (VPN only)`,
    `git.acme.example - ask Jane`,
    [`Server git.acme.example:7990 is ours`, `${h}:7990`],
    `see git.acme.example/projects/DATA please`,
    [`git.acme.example/stash/projects/DATA (main)`, `${h}/stash`],
    [`host = 10.20.30.40:7990`, "https://10.20.30.40:7990"],
    `地址：git.acme.example`,
    `machine git.acme.example login jane password canary`,
    `//git.acme.example`,
    `www: git.acme.example`,
  ],
};

describe.each(Object.entries(kinds))("from %s", (_kind, rows) => {
  test.each(rows.map((row) => (typeof row === "string" ? ([row, h] as const) : row)))(
    "%j comes %s",
    (text, baseUrl) => {
      const diagnosis = diagnoseBaseUrl(text);
      expect(diagnosis).toMatchObject({ ok: true, baseUrl: { href: baseUrl } });
      expect(JSON.stringify(diagnosis)).not.toContain("canary");
    },
  );
});

test.each([
  `curl -u jane:canary ${h}/status`,
  `curl ${h}/status --user jane:canary`,
  `curl -H "Authorization: Bearer canary12345" ${h}/status`,
  `wget --user=jane --password=canary ${h}`,
  `{"url":"${h}","password":"canary"}`,
  `git clone https://jane:canary@git.acme.example/scm/a/b.git -b main`,
])("%j: that somebody's sign-in was taken out is said", (text) => {
  const diagnosis = diagnoseBaseUrl(text);
  expect(diagnosis.ok && diagnosis.changes.map(({ kind }) => kind)).toContain("USERINFO_REMOVED");
});

test.each([
  "git clone -b main",
  "git clone --depth 1",
  "git clone",
  "curl -s",
  "--depth",
  "-b main",
  "1",
  "7990",
  ":7990",
  "version: 9.4.2",
  "version 9.4.2.1",
  "Bitbucket Server",
  "ask john.doe about it",
  "e.g. this one",
  "see settings.xml",
  "url: config.yaml",
  "host: bitbucket",
  "jane@acme.example",
  "write to jane@acme.example please",
  "Jane Doe <jane@acme.example>",
])("%j names no server", (text) => {
  expect(diagnoseBaseUrl(text)).toMatchObject({ ok: false });
});

test.each([
  "https://bit bucket.example.com",
  "https://bitbucket.example.com /stash",
  "https://bitbucket .example.com",
  "https://bitbucket.example.com/my path",
  "https://bit\u200bbucket.example.com is ours",
  "see https://bitbucket.example.com\u202e/moc.live",
  "https://jane:12 3@bitbucket.example.com/x",
  "see https://jane:1(2@bitbucket.example.com",
  "see https://good.example\\@evil.example",
  "https://bitbucket.example.com\r\nX-Evil: 1",
  "https://bitbucket.example.com\nHost: evil.example",
  "see https://bitbucket.example.com\u0000 now",
])("%j is refused, since its address may be torn", (text) => {
  expect(diagnoseBaseUrl(text)).toMatchObject({ ok: false });
});
