// The Eleventy site for the articles, with Nunjucks templates.

const BASE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} - 样站</title>{% if summary %}<meta name="description" content="{{ summary }}">{% endif %}
<link rel="canonical" href="{{ base }}{{ page.url }}"><meta property="og:title" content="{{ title }}"><meta property="og:url" content="{{ base }}{{ page.url }}">
<meta name="SiteName" content="样站"><meta name="ArticleTitle" content="{{ title }}">
<link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">样站</a>
<nav>{% for entry in menu %}<a href="/{{ entry[1] }}/">{{ entry[0] }}</a>{% endfor %}</nav></header>
<main><h1>{{ title }}</h1>{{ content | safe }}</main><footer>主办：某区教育局</footer></body></html>
`;

const ARTICLE = `---
layout: base.njk
---
<dl>{% for kind in ["topics", "audiences"] %}<dt>{{ titles[kind] }}</dt><dd>{% for name in (topics if kind == "topics" else audiences) %}<a href="/{{ kind }}/{{ name }}/">{{ terms[kind][name] }}</a> {% endfor %}</dd>{% endfor %}<dt>来源</dt><dd>{{ source }}</dd></dl>
<time>{{ page.date | day }}</time>{{ content | safe }}
`;

const ROWS = `<ul>
{% for item in rows %}<li><h2><a href="{{ item.url }}">{{ item.data.title }}</a></h2><p>{{ item.data.summary }}</p><time>{{ item.date | day }}</time></li>
{% endfor %}</ul><nav>{% if part > 1 %}<a href="{{ list }}/{% if part > 2 %}page-{{ part - 1 }}.html{% endif %}">上一页</a>{% endif %} {{ part }} / {{ parts }} {% if part < parts %}<a href="{{ list }}/page-{{ part + 1 }}.html">下一页</a>{% endif %}</nav>
`;

const LISTS = `---
layout: base.njk
pagination: {data: collections.lists, size: 1, alias: page_of_list}
permalink: "{{ page_of_list.list }}/{% if page_of_list.part > 1 %}page-{{ page_of_list.part }}{% else %}index{% endif %}.html"
eleventyComputed: {title: "{{ page_of_list.title }}"}
---
{% set rows = page_of_list.rows %}{% set part = page_of_list.part %}{% set parts = page_of_list.parts %}{% set list = "/" + page_of_list.list %}{% include "rows.njk" %}
`;

const TERMS = `---
layout: base.njk
pagination: {data: kinds, size: 1, alias: kind}
permalink: "{{ kind }}/index.html"
eleventyComputed: {title: "{{ titles[kind] }}"}
---
<ul>{% for name, title in terms[kind] %}<li><a href="/{{ kind }}/{{ name }}/">{{ title }}</a></li>{% endfor %}</ul>
`;

const HOME = `---
layout: base.njk
title: 样站
permalink: index.html
---
{% for kind in kinds %}<ul>{% for name, title in terms[kind] %}<li><a href="/{{ kind }}/{{ name }}/">{{ title }} {{ collections.counts[kind + "/" + name] }}</a></li>{% endfor %}</ul>{% endfor %}
`;

const FEED = `---
permalink: news/index.xml
---
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>样站</title><link>{{ base }}/</link><description>新闻</description>
{% for item in collections.latest %}<item><title>{{ item.data.title }}</title><link>{{ base }}{{ item.url }}</link><guid>{{ base }}{{ item.url }}</guid><pubDate>{{ item.date.toUTCString() }}</pubDate><description>{{ item.data.summary }}</description></item>
{% endfor %}</channel></rss>
`;

const SITEMAP = `---
permalink: sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{% for item in collections.all %}<url><loc>{{ base }}{{ item.url }}</loc></url>
{% endfor %}</urlset>
`;

const config = (menu, kinds) => `const KINDS = ${JSON.stringify(Object.fromEntries(Object.entries(kinds).map(([kind, terms]) => [kind, Object.fromEntries(terms)])))};
const SIZE = 50;

/** The articles of each list, the newest first. */
function lists(api) {
  const news = api.getFilteredByGlob("content/news/*.md").sort((a, b) => b.date - a.date);
  const found = new Map([["news", { title: "新闻", items: news }]]);
  for (const [kind, terms] of Object.entries(KINDS)) {
    for (const [name, title] of Object.entries(terms)) found.set(kind + "/" + name, { title, items: [] });
    for (const item of news) for (const name of item.data[kind]) found.get(kind + "/" + name).items.push(item);
  }
  return found;
}

export default function (eleventy) {
  eleventy.addGlobalData("base", "https://sample.example");
  eleventy.addGlobalData("menu", ${JSON.stringify(menu)});
  eleventy.addGlobalData("titles", ${JSON.stringify(Object.fromEntries(menu.map(([title, list]) => [list, title])))});
  eleventy.addGlobalData("terms", KINDS);
  eleventy.addGlobalData("kinds", Object.keys(KINDS));
  eleventy.addFilter("day", (date) => date.toISOString().slice(0, 10));
  eleventy.addCollection("latest", (api) => lists(api).get("news").items.slice(0, SIZE));
  eleventy.addCollection("counts", (api) => Object.fromEntries([...lists(api)].map(([list, { items }]) => [list, items.length])));
  eleventy.addCollection("lists", (api) => [...lists(api)].flatMap(([list, { title, items }]) => {
    const parts = Math.ceil(items.length / SIZE);
    return Array.from({ length: parts }, (_, at) => ({ list, title, part: at + 1, parts, rows: items.slice(at * SIZE, (at + 1) * SIZE) }));
  }));
  eleventy.addPassthroughCopy({ "static/style.css": "style.css" });
  return { dir: { input: "content" }, markdownTemplateEngine: false };
}
`;

/** The files of the site except its articles. */
export const ELEVENTY_SITE = (menu, kinds) => ({
  "package.json": `{"type": "module", "private": true}\n`,
  "eleventy.config.js": config(menu, kinds),
  "content/_includes/base.njk": BASE,
  "content/_includes/article.njk": ARTICLE,
  "content/_includes/rows.njk": ROWS,
  "content/news/news.11tydata.js": "export default { layout: \"article.njk\", permalink: (data) => `news/${data.page.fileSlug}.html` };\n",
  "content/lists.njk": LISTS,
  "content/terms.njk": TERMS,
  "content/index.njk": HOME,
  "content/feed.njk": FEED,
  "content/sitemap.njk": SITEMAP,
  "static/style.css": "body { max-width: 50rem; margin: auto }\n",
});
