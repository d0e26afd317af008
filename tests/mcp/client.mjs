// Deskhand as a client of the official SDK sees it: `node client.mjs PROGRAM DATA`. Each line says one thing that must hold; the
// first that does not ends the test with status 1.
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js";

const [program, data] = process.argv.slice(2);
const client = new Client({ name: "test", version: "1" }, { capabilities: {} });
const logged = [];
client.setNotificationHandler(LoggingMessageNotificationSchema, (message) => void logged.push(message.params));
await client.connect(new StdioClientTransport({ command: program, args: ["--data", data, "mcp"], stderr: "inherit" }));

const say = (text) => console.log("ok  " + text);
assert.equal(client.getServerVersion().name, "deskhand");
for (const part of ["tools", "resources", "prompts", "logging"]) assert.ok(client.getServerCapabilities()[part], part);
await client.ping();
say("begins and answers a ping");

const tools = [];
for (let cursor; ; ) {
  const page = await client.listTools(cursor ? { cursor } : {});
  tools.push(...page.tools);
  cursor = page.nextCursor;
  if (!cursor) break;
}
const named = (name) => tools.find((tool) => tool.name === name);
assert.ok(tools.length > 30);
assert.equal(named("find_contact").annotations.readOnlyHint, true);
assert.equal(named("create_contact").annotations.readOnlyHint, false);
for (const hidden of ["decide_approval", "set_setting", "grant_auto_send", "record_delivery", "redact"]) assert.equal(named(hidden), undefined, hidden);
say("lists the tools, and none that approves");

await client.setLoggingLevel("notice");
const progress = [];
const made = await client.callTool({ name: "create_contact", arguments: { name: "Ana Ruiz", phone: "512-555-0142", email: "ana@ruiz.example" } }, undefined, {
  onprogress: (step) => progress.push(step.progress),
});
assert.equal(made.isError ?? false, false);
assert.equal(made.structuredContent.ok, true);
assert.deepEqual(made.structuredContent.refs, ["C-1"]);
assert.match(made.content[0].text, /Ana Ruiz/);
assert.ok(progress.length >= 1);
say("makes a contact, with progress and structured content that fits its schema");

await client.callTool({ name: "create_lead", arguments: { title: "Leaking shower", contact: "C-1" } });
const drafted = await client.callTool({ name: "draft_follow_up", arguments: { lead: "L-1" } });
assert.equal(drafted.structuredContent.waiting[0].ref, "A-1");
assert.match(drafted.content[0].text, /A-1 waits for the owner's yes/);
assert.ok(drafted.structuredContent.waiting[0].card.includes("Ana"));
assert.ok(logged.some((message) => message.level === "notice"));
say("parks a message and gives its ref and its words");

for (const verdict of ["approve", "reject"]) {
  const tried = await client.callTool({ name: "decide_approval", arguments: { approval: "A-1", verdict, fingerprint: "0".repeat(64) } });
  assert.equal(tried.isError, true);
}
say("approves nothing");

const wrong = await client.callTool({ name: "create_contact", arguments: { nonsense: true } });
assert.equal(wrong.isError, true);
await assert.rejects(client.callTool({ name: "no_such_tool", arguments: {} }), /Unknown tool/);
say("says what is wrong");

const resources = (await client.listResources()).resources.map((resource) => resource.uri);
for (const uri of ["deskhand://today", "deskhand://contacts", "deskhand://leads", "deskhand://procedures"]) {
  assert.ok(resources.includes(uri), uri);
  const read = await client.readResource({ uri });
  assert.ok(read.contents.length >= 1, uri);
}
assert.ok((await client.listResourceTemplates()).resourceTemplates.length >= 3);
assert.match((await client.readResource({ uri: "deskhand://contacts/C-1" })).contents[0].text, /Ana Ruiz/);
assert.match((await client.readResource({ uri: resources.find((uri) => uri.startsWith("deskhand://procedures/")) })).contents[0].text, /#/);
await assert.rejects(client.readResource({ uri: "deskhand://contacts/C-99" }), (error) => error.code === -32002);
say("gives contacts, leads, today's list and the procedures");

const prompts = (await client.listPrompts()).prompts;
assert.ok(prompts.length >= 3);
const filled = prompts.find((prompt) => prompt.arguments?.length > 0);
const given = Object.fromEntries(filled.arguments.map((argument) => [argument.name, "Ana Ruiz"]));
assert.match((await client.getPrompt({ name: filled.name, arguments: given })).messages[0].content.text, /Ana Ruiz/);
say("offers the common requests as prompts");

await client.close();
