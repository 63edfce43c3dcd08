// Looks at the sample pages in a real browser: axe finds nothing against WCAG 2.2 A and AA, in light and dark, on a phone
// and on a wide screen; nothing is wider than the screen, the policy of the pages is kept, the first page is below
// 100 kB, and every page is there without scripts. Screenshots are left to be looked at.
//
//   node tests/web/pages.mjs PAGES MODULES [SCREENSHOTS]
//
// PAGES is what the example `pages` wrote, MODULES a node_modules folder with axe-core and playwright-core.
import { createServer } from "node:http";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [pages, modules, shots] = process.argv.slice(2);
if (!pages || !modules) {
  console.error("usage: node tests/web/pages.mjs PAGES MODULES [SCREENSHOTS]");
  process.exit(2);
}
const need = createRequire(join(resolve(modules), "x.js"));
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const names = readdirSync(pages).filter((name) => name.endsWith(".html")).sort();
if (names.length < 20) throw new Error(`only ${names.length} pages in ${pages}: run the example first`);
if (shots) mkdirSync(shots, { recursive: true });

let sent = 0;
const server = createServer((asked, reply) => {
  const path = new URL(asked.url, "http://x").pathname;
  if (path.endsWith("/events")) {
    reply.writeHead(200, { "content-type": "text/event-stream" });
    reply.write(`event: board\ndata: ${JSON.stringify('<p id="live">A new question.</p>')}\n\n`);
    return;
  }
  try {
    const body = readFileSync(join(pages, path.replaceAll("..", "")));
    sent += body.length;
    const type = TYPES[path.split(".").pop()] ?? "text/plain";
    reply.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY });
    reply.end(body);
  } catch {
    reply.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const at = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const wrong = [];
const looks = [
  { name: "phone-light", viewport: { width: 360, height: 740 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
  { name: "wide-light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
];
for (const { name: look, ...options } of looks) {
  // Without the site's own scripts every page has to be whole; axe is put in from outside.
  const context = await browser.newContext({ ...options, reducedMotion: "reduce", bypassCSP: true });
  for (const name of names) {
    const page = await context.newPage();
    await page.route("**/*.js*", (route) => route.abort());
    sent = 0;
    await page.goto(`${at}/${name}`, { waitUntil: "load" });
    if (name === "overview.html" && sent > 100_000) wrong.push(`${name}: ${sent} bytes`);
    await page.evaluate(axe);
    const found = await page.evaluate(() =>
      axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    for (const { id, help, nodes } of found.violations) {
      wrong.push(`${look} ${name}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) wrong.push(`${look} ${name}: ${over} px too wide`);
    if (shots) await page.screenshot({ path: join(shots, `${look}-${name.replace(".html", ".png")}`), fullPage: true });
    await page.close();
  }
  await context.close();
}
// Under the policy itself, with scripts: nothing is refused, and the board follows its events.
const context = await browser.newContext();
for (const name of names) {
  const page = await context.newPage();
  page.on("console", (said) => { if (said.type() === "error") wrong.push(`${name}: ${said.text()}`); });
  page.on("pageerror", (error) => wrong.push(`${name}: ${error.message}`));
  await page.goto(`${at}/${name}`, { waitUntil: "load" });
  if (name.startsWith("board-") && name !== "board-join.html") await page.waitForSelector("#live", { timeout: 5000 });
  if (shots && name === "weekly.html") await page.pdf({ path: join(shots, "weekly.pdf") });
  await page.close();
}
await browser.close();
server.closeAllConnections();
server.close();
for (const one of wrong) console.error(one);
console.log(`${names.length} pages, ${looks.length} looks each: ${wrong.length} faults`);
process.exit(wrong.length ? 1 : 0);
