import { open } from "./drive.mjs"; import { host } from "./host.mjs";
import { readCorpus, scan } from "./truth.mjs"; import { draw, NONSENSE } from "./queries.mjs";
const dir = process.argv[2], n = Number(process.argv[3] ?? 40);
const corpus = readCorpus(dir); const asked = draw(corpus, n, 5).filter(q=>!NONSENSE.test(q.kind));
const b = await open(); const site = await host(dir);
const groups={};
for (const {kind, query} of asked) {
  const ctx = await b.newContext({ viewport: { width: 360, height: 740 } }); const page = await ctx.newPage();
  site.taken(); await page.goto(`${site.url}search.html?q=${encodeURIComponent(query)}`);
  await page.waitForFunction(() => ["done","error"].includes(document.querySelector("#search").dataset.state));
  const t1 = site.taken(); const rows=await page.$$eval("ol.results > li", l=>l.length); const total=await page.$eval("#search",e=>e.dataset.total);
  const by={}; for (const p of t1.paths){ const k=p.replace(/^search\/[0-9a-f]{12}\/([a-z]).*/,'$1').replace(/^theme.*|^search\/head.*/,m=>m.split('.')[0].slice(-6)).replace(/^news.*/,'page'); (by[k]??=[]).push(Number(p.split(' ')[1])); }
  console.log(kind, query, 'truth', scan(corpus,query).pages.size, 'rows', rows, 'of', total, t1.bytes, JSON.stringify(by));
  await ctx.close();
}
await b.close(); await site.close();
